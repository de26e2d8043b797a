export type Tick = "done" | "live" | "early" | "open";

/** More would be hairlines: then a tick stands for several calls. */
const mostTicks = 24;

/** The calls of a lane out of its budget as ticks. `at`: what the one after the last ended shows. */
export function progressOf(steps: number, calls: number, at: "live" | "early" | null): Tick[] {
  const each = Math.ceil(calls / mostTicks);
  const ticks = Math.ceil(calls / each);
  const done = Math.min(ticks, Math.floor(steps / each));
  return Array.from({ length: ticks }, (_, index) => {
    if (index < done) return "done";
    if (index > done) return "open";
    return at ?? (steps % each > 0 ? "done" : "open");
  });
}
