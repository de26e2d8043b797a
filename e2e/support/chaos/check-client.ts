import { dataOf } from "./check-log.ts";
import type { Frame, Invariant, RunHistory, Violation } from "./history.ts";

const isText = (frame: Frame) => frame.type === "text-appended";
/** The streamed text of a step and the stored one differ in the white space around them. */
const bare = (text: unknown) => String(text ?? "").trim();

/**
 * What one client was sent, over all its connections: every fact it saw is in the log (I1), its facts are the log's up to where it is, byte
 * for byte, and its live text is how the step ended, as far as it went, or was voided (I3). It saw no other run (I11).
 */
export function checkClient(run: RunHistory, { name, frames }: RunHistory["clients"][number]): Violation[] {
  const found: Violation[] = [];
  const say = (invariant: Invariant, what: string) => void found.push({ invariant, runId: run.id, what: `${name}: ${what}` });
  const log = new Map(run.log.map((frame) => [frame.seq, frame]));
  const seen = new Set<number>();
  let last = 0;
  for (const frame of frames) {
    if (frame.seq <= last) say("I3", `${frame.seq} came after ${last}`);
    last = Math.max(last, frame.seq);
    seen.add(frame.seq);
    if (isText(frame)) continue;
    const stored = log.get(frame.seq);
    if (!stored) say("I1", `${frame.type} ${frame.seq} is not in the log`);
    else if (stored.json !== frame.json) say("I3", `${frame.type} ${frame.seq} is not what the log holds`);
  }
  for (const fact of run.log)
    if (!isText(fact) && fact.seq <= last && !seen.has(fact.seq)) say("I3", `${fact.type} ${fact.seq} was left out`);
  for (const problem of textProblems(frames)) say("I3", problem);
  if (frames.some((frame) => frame.runId !== run.id)) say("I11", "it was sent what belongs to another run");
  return found;
}

/** Live text that is neither a beginning of what its step ended with nor void by a later start or failure. */
function textProblems(frames: readonly Frame[]): string[] {
  const problems: string[] = [];
  const texts = new Map<string, string>();
  for (const frame of frames) {
    const { lane, step, channel, text, thought, move } = dataOf(frame);
    const place = `${lane} ${step}`;
    if (frame.type === "run-started") texts.clear();
    if (frame.type === "model-failed") for (const key of texts.keys()) if (key.startsWith(`${place} `)) texts.delete(key);
    if (isText(frame)) texts.set(`${place} ${channel}`, (texts.get(`${place} ${channel}`) ?? "") + String(text));
    if (frame.type !== "step-ended") continue;
    const ended = { thought, answer: (move as { text?: string }).text };
    for (const kind of ["thought", "answer"] as const) {
      const live = texts.get(`${place} ${kind}`);
      if (live !== undefined && ended[kind] !== undefined && !bare(ended[kind]).startsWith(bare(live)))
        problems.push(`the live ${kind} of ${place} is not how it ended`);
    }
  }
  return problems;
}
