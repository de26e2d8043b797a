import type { AskedCall } from "#lib/domain/event.ts";
import { native } from "./dialects/native.ts";
import type { ModelDelta, Turn } from "./model.ts";
import { readStream } from "./read-stream.ts";

/** A recorded stream as bytes. */
export const streamOf = (chunks: unknown[]) =>
  new TextEncoder().encode(`${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("")}data: [DONE]\n\n`);

/** What our parser makes of a stream whose bytes come in portions of `size`. */
export async function deltasOf(bytes: Uint8Array, size = bytes.length): Promise<ModelDelta[]> {
  async function* portions() {
    for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
  }
  return Array.fromAsync(readStream(portions(), () => {}));
}

/** The turn the native dialect reads from deltas; null when the stream was no complete answer. */
export function turnOf(deltas: ModelDelta[]): Turn | null {
  const reader = native.listen();
  let finishReason: string | null = null;
  for (const delta of deltas) {
    if (delta.kind === "ended") finishReason = delta.finishReason;
    else if (delta.kind !== "failed") reader.push(delta);
  }
  return finishReason === null ? null : reader.end(finishReason);
}

export const callsOf = (turn: Turn | null): AskedCall[] => (turn?.move.kind === "calls" ? turn.move.calls : []);

/** Adjacent deltas of a kind as one: what is left of a stream when its portions are forgotten. */
export function merged(deltas: ModelDelta[]): ModelDelta[] {
  const out: ModelDelta[] = [];
  for (const delta of deltas) {
    const last = out.at(-1);
    if (delta.kind === "text" && last?.kind === "text") last.text += delta.text;
    else if (delta.kind === "reasoning" && last?.kind === "reasoning") last.text += delta.text;
    else out.push({ ...delta });
  }
  return out;
}
