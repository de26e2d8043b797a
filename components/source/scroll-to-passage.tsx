"use client";

import { useEffect } from "react";

/** Brings the passage into view, also when the address has no fragment. */
export function ScrollToPassage({ place }: { place: string }) {
  useEffect(() => {
    if (place) document.getElementById("passage")?.scrollIntoView({ block: "center" });
  }, [place]);
  return null;
}
