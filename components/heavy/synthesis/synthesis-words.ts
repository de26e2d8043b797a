import type { Tone } from "#components/ui/tag.tsx";
import { formatClock } from "#lib/client/format-duration.ts";
import type { StrategyName } from "#lib/domain/heavy.ts";
import { synthesisStart } from "#lib/domain/synthesis-start.ts";
import type { SynthesisState } from "./synthesis-state.ts";

/** The word for the tag of a state. */
export function synthesisTag({ kind }: SynthesisState, strategy: StrategyName): { tone: Tone; tag: string } {
  switch (kind) {
    case "queued":
      return { tone: "plain", tag: "queued" };
    case "comparing":
      return { tone: "live", tag: strategy === "parallel-muse" ? "choosing" : "comparing" };
    case "writing":
      return { tone: "live", tag: "writing" };
    case "citing":
      return { tone: "live", tag: "resolving the citations" };
    case "done":
      return { tone: "good", tag: "done" };
    case "stopped":
      return { tone: "plain", tag: "stopped" };
    case "side-by-side":
    case "failed":
      return { tone: "bad", tag: "failed" };
    case "not-begun":
      return { tone: "plain", tag: "did not begin" };
    default:
      return kind satisfies never;
  }
}

/** When it begins, on the clock of the run's minutes: `Begins when all lanes have ended, or at 34:00 with at least 3 of 4, or at 38:00 in any case.` */
export function startWords(lanes: number, minutes: number): string {
  const { withQuorum, atLatestMs } = synthesisStart(lanes, minutes);
  const early = withQuorum ? `, or at ${formatClock(withQuorum.atMs)} with at least ${withQuorum.ended} of ${lanes}` : "";
  return `Begins when ${lanes === 2 ? "both" : "all"} lanes have ended${early}, or at ${formatClock(atLatestMs)} in any case.`;
}

/** What a state means for the reader, beside its tag. `quotes`: no language model is at work. */
export function synthesisSentence(state: SynthesisState, strategy: StrategyName, { quotes }: { quotes: boolean }): string {
  switch (state.kind) {
    case "queued":
      return "";
    case "comparing":
    case "writing":
    case "citing":
    case "done":
      if (quotes) return "Brings together what the lanes quote, without a language model.";
      return strategy === "parallel-muse"
        ? "Told to choose the answer that is reasoned best, and not to count how many lanes give it."
        : "Told to weigh what statements rest on, not how many lanes repeat them.";
    case "stopped":
      return "It was stopped with the run.";
    case "side-by-side":
      return `${state.reason} The report holds what each lane came to, one after the other. Nobody compared it.`;
    case "failed":
    case "not-begun":
      return state.reason;
    default:
      return state satisfies never;
  }
}
