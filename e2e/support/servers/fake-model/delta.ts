import type { Span } from "./spans.ts";

/** What one chunk adds, in the order it was written. */
export interface Delta {
  reasoning?: string;
  content?: string;
  /** The chunk ends the thought: vLLM then sends the other field as an explicit null. */
  boundary?: boolean;
  calls: { index: number; name?: string; arguments?: string }[];
}

/** Reads on in a text that its spans divide: each `take` gives what has come since the last one. */
export interface DeltaReader {
  take(upTo: number): Delta;
}

export function deltaReader(raw: string, spans: readonly Span[]): DeltaReader {
  let position = 0;
  let current = 0;
  return {
    take(upTo) {
      const delta: Delta = { calls: [] };
      for (let span = spans[current]; span && span.from < upTo; span = spans[current]) {
        const to = Math.min(span.to, upTo);
        const done = upTo >= span.to;
        if (span.whole === undefined) add(delta, span, raw.slice(Math.max(span.from, position), to));
        else if (done) add(delta, span, span.whole);
        if (!done) break;
        if (span.kind === "reasoning" && span.to < raw.length) delta.boundary = true;
        current++;
      }
      position = Math.max(position, upTo);
      return delta;
    },
  };
}

function add(delta: Delta, { kind, call = 0 }: Span, text: string): void {
  switch (kind) {
    case "silent":
      return;
    case "reasoning":
    case "content":
      delta[kind] = (delta[kind] ?? "") + text;
      return;
    case "name":
      delta.calls.push({ index: call, name: text });
      return;
    case "arguments": {
      const last = delta.calls.at(-1);
      if (last?.index === call && last.name === undefined) last.arguments = (last.arguments ?? "") + text;
      else if (text !== "") delta.calls.push({ index: call, arguments: text });
      return;
    }
    default:
      kind satisfies never;
  }
}

export const isEmpty = (delta: Delta) => !delta.reasoning && !delta.content && delta.calls.length === 0;
