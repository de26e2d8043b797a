"use client";

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";
import { writeCookie } from "./cookie.ts";

const TimeZone = createContext("UTC");

/** The zone in which times are written. */
export const useTimeZone = () => useContext(TimeZone);

const never = () => () => {};
const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The server cannot know the reader's zone; a cookie tells it, so that from the second page on it writes the right times at once. */
export function TimeZoneProvider({ known, children }: { known: string; children: ReactNode }) {
  const zone = useSyncExternalStore(never, here, () => known);
  useEffect(() => {
    if (zone !== known) writeCookie("time_zone", zone);
  }, [zone, known]);
  return <TimeZone value={zone}>{children}</TimeZone>;
}
