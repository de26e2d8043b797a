/** An event of a log as it is stored: the whole of it as JSON, and what is needed to send it without reading that. */
export interface LoggedEvent {
  seq: number;
  type: string;
  json: string;
}

/** One event as server-sent events have it: its number as the id that a reader sends back, its type, and the whole event. JSON from the database has no line ends. */
export const eventFrame = ({ seq, type, json }: LoggedEvent): string => `id: ${seq}\nevent: ${type}\ndata: ${json}\n\n`;

/** The events in such frames: what `eventFrame` made of each, taken apart again. */
export const framedEvents = (frames: string): LoggedEvent[] =>
  [...frames.matchAll(/id: (\d+)\nevent: ([^\n]*)\ndata: ([^\n]*)\n\n/g)].map(([, seq, type = "", json = ""]) => ({
    seq: Number(seq),
    type,
    json,
  }));
