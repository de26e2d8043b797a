"use client";

import { useEffect, useState } from "react";
import { formatDuration } from "#lib/client/format-duration.ts";

/** Counts the whole seconds since it appeared. */
export function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => setSeconds(Math.round((performance.now() - began) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span className="tabular-nums">{formatDuration(seconds * 1_000)}</span>;
}
