"use client";

import { formatMoment, type MomentStyle } from "#lib/client/format-moment.ts";
import { useTimeZone } from "#lib/client/time-zone.tsx";

/** A point in time, in the reader's own time zone. */
export function Moment({ at, style = "full" }: { at: string; style?: MomentStyle }) {
  const zone = useTimeZone();
  return <time dateTime={at}>{formatMoment(at, style, zone)}</time>;
}
