import { LineTooLong } from "./lines.ts";

/** A line that no event stream has: the server sent something else. */
export class NotAnEventStream extends Error {
  override name = "NotAnEventStream" as const;
}

export interface SseParser {
  /** The data of every event that these bytes complete. */
  push(bytes: Uint8Array): string[];
  /** The data of a last event whose end was not sent. */
  end(): string[];
}

/**
 * The data of a stream of server-sent events, whatever portions its bytes come in. An event ends with an empty line; several `data:` lines
 * of one event are joined by line breaks. Throws NotAnEventStream for a line that is no field, LineTooLong beyond `maxLength` characters.
 */
export function sseParser(maxLength = 1_000_000): SseParser {
  const decoder = new TextDecoder();
  let held = "";
  let data: string[] = [];

  function takeLine(line: string, out: string[]): void {
    if (line.startsWith("data:")) data.push(line.charCodeAt(5) === 32 ? line.slice(6) : line.slice(5));
    else if (line === "") flush(out);
    else if (!/^(?::|event(?::|$)|id(?::|$)|retry(?::|$)|data$)/.test(line)) throw new NotAnEventStream(line);
  }
  function flush(out: string[]): void {
    if (data.length === 0) return;
    out.push(data.length === 1 ? (data[0] ?? "") : data.join("\n"));
    data = [];
  }
  /** Takes the whole lines of what is held. A lone \r at the very end may be the first half of \r\n: it waits. */
  function takeLines(out: string[]): void {
    const hasReturns = held.includes("\r");
    let start = 0;
    for (;;) {
      const end = hasReturns ? lineEnd(held, start) : held.indexOf("\n", start);
      if (end < 0 || (held.charCodeAt(end) === 13 && end === held.length - 1)) break;
      // The usual event is one line of data and an empty one: it needs no look at its parts.
      if (!hasReturns && data.length === 0 && held.charCodeAt(end + 1) === 10 && held.startsWith("data: ", start)) {
        out.push(held.slice(start + 6, end));
        start = end + 2;
        continue;
      }
      takeLine(held.slice(start, end), out);
      start = end + (held.charCodeAt(end) === 13 && held.charCodeAt(end + 1) === 10 ? 2 : 1);
    }
    held = start === 0 ? held : held.slice(start);
    if (held.length > maxLength) throw new LineTooLong(`A line of the stream is longer than ${maxLength} characters`);
  }
  return {
    push(bytes) {
      const out: string[] = [];
      held += decoder.decode(bytes, { stream: true });
      takeLines(out);
      return out;
    },
    end() {
      const out: string[] = [];
      held += decoder.decode();
      takeLines(out);
      const rest = held.replace(/\r$/, "");
      held = "";
      if (rest !== "") takeLine(rest, out);
      flush(out);
      return out;
    },
  };
}

function lineEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) return index;
  }
  return -1;
}
