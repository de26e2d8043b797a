import type { StepView } from "#lib/domain/run-view.ts";
import { failureWords } from "./failure-words.ts";

export interface StepMark {
  kind: "failed" | "fallback" | "cached" | "model";
  words: string;
}

/** The trouble of a step, for its folded line: what failed, where another provider stood in, what came from the cache. */
export function stepMarks(step: StepView): StepMark[] {
  const marks: StepMark[] = [];
  for (const { returned } of step.calls) {
    if (!returned) continue;
    marks.push(...failedMarks(returned));
    if (returned.outcome.kind === "ok" && hasFallback(returned)) marks.push({ kind: "fallback", words: "fallback" });
    if (returned.cacheHit) marks.push({ kind: "cached", words: "cached" });
  }
  if (step.failures.length > 0)
    marks.push({ kind: "model", words: step.failures.length === 1 ? "model failed once" : `model failed ${step.failures.length} times` });
  return marks;
}

type Returned = NonNullable<StepView["calls"][number]["returned"]>;

function failedMarks({ details, outcome }: Returned): StepMark[] {
  const reasons =
    details.kind === "visit"
      ? details.pages.map((page) => page.failure)
      : details.kind === "search"
        ? details.queries.map((query) => query.failure)
        : [];
  const counts = new Map<string, number>();
  for (const reason of reasons) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0 && outcome.kind === "failed") counts.set(outcome.reason, 1);
  const one = reasons.length <= 1;
  return [...counts].map(([reason, times]) => ({
    kind: "failed",
    words: one ? failureWords(reason) : `${failureWords(reason)}: ${times} of ${reasons.length}`,
  }));
}

export const hasFallback = ({ details, attempts }: Pick<Returned, "details" | "attempts">): boolean => {
  const chains = details.kind === "search" ? details.queries.map((query) => query.attempts) : [attempts];
  return chains.some(
    (chain) => chain.some((each) => !each.ok) && chain.some((each) => each.ok) && new Set(chain.map((each) => each.provider)).size > 1,
  );
};
