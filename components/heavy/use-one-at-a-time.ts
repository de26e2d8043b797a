"use client";

import { useSyncExternalStore } from "react";

/** Below 56rem (`--breakpoint-md`) there is room for one lane at a time. */
const query = "(width < 56rem)";

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

/** Whether lanes are tabs. What is shown is decided by the style sheet, before any script; this is for roles and keys. */
export const useOneAtATime = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
