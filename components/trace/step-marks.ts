import type { FailureReason } from "#lib/domain/outcome.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import { hasFallback } from "./attempt-chains.ts";
import { failureWords } from "./failure-words.ts";

export interface StepMark {
  kind: "failed" | "fallback" | "cached" | "model" | "instructs" | "report" | "repeat";
  words: string;
}

/** The trouble of a step, for its folded line: what failed, where another provider stood in, what came from the cache. */
export function stepMarks(step: StepView): StepMark[] {
  const marks: StepMark[] = [];
  for (const { returned } of step.calls) {
    if (!returned) continue;
    marks.push(...failedMarks(returned));
    if (returned.outcome.kind === "ok" && hasFallback(returned)) marks.push({ kind: "fallback", words: "fallback" });
    if (returned.flags) marks.push({ kind: "instructs", words: "instructs agents" });
    if (returned.cacheHit) marks.push({ kind: "cached", words: "cached" });
  }
  marks.push(...laneMarks(step));
  if (step.failures.length > 0)
    marks.push({ kind: "model", words: step.failures.length === 1 ? "model failed once" : `model failed ${step.failures.length} times` });
  return marks;
}

/** What only a lane of a Heavy run is told of. */
function laneMarks({ lane, reportMissing, repeatOf, move }: StepView): StepMark[] {
  if (lane === "main") return [];
  return [
    ...(reportMissing === "kept" && move?.kind !== "answer" ? [{ kind: "report" as const, words: "no report" }] : []),
    ...(repeatOf === null ? [] : [{ kind: "repeat" as const, words: `repeats ${repeatOf}` }]),
  ];
}

type Returned = NonNullable<StepView["calls"][number]["returned"]>;

function failedMarks({ details, outcome }: Returned): StepMark[] {
  const reasons = partsOf(details).map((part) => part.failure);
  const counts = new Map<string, number>();
  for (const reason of reasons) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0 && outcome.kind === "failed") counts.set(outcome.reason, 1);
  const one = reasons.length <= 1;
  return [...counts].map(([reason, times]) => ({
    kind: "failed",
    words: one ? failureWords(reason) : `${failureWords(reason)}: ${times} of ${reasons.length}`,
  }));
}

/** The parts of a call that can fail one by one. */
function partsOf(details: Returned["details"]): readonly { failure?: FailureReason | undefined }[] {
  switch (details.kind) {
    case "search":
    case "scholar":
      return details.queries;
    case "visit":
      return details.pages;
    case "files":
      return details.files;
    case "python":
    case "none":
      return [];
    default:
      return details satisfies never;
  }
}
