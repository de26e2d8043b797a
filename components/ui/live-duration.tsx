"use client";

import { useNow } from "#lib/client/clock.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";

/** Counts up in whole seconds since a moment. */
export function LiveDuration({ since }: { since: string }) {
  const now = useNow();
  return <>{formatDuration(Math.max(0, Math.floor((now - Date.parse(since)) / 1000) * 1000))}</>;
}
