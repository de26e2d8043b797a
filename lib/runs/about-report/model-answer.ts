import type { Report } from "#lib/domain/report.ts";
import type { ReportMessage } from "#lib/domain/report-message.ts";
import type { EvidenceBank } from "#lib/domain/writer/evidence.ts";
import type { Model, ModelFailure } from "#lib/model/model.ts";
import type { EvidenceIndex } from "#lib/reports/evidence-index.ts";
import { evidenceFor } from "./evidence-for.ts";
import { listenToAnswer, type Say } from "./listen-to-answer.ts";
import { promptAbout } from "./prompt-about.ts";

/** Somebody is waiting: a server that is away for longer than these tries is told about, and the question can be asked again. */
const tries = 3;
const longestPauseMs = 3_000;
const mostShrinks = 3;

export type Telling = Say & { reading(passages: number, sources: number): void };

export interface Asked {
  report: Report;
  index: EvidenceIndex;
  earlier: readonly ReportMessage[];
  question: string;
}

/** What a model said, and from which passages. `failure` null and not whole: it was stopped, or ran into its token limit. */
export interface Said {
  text: string;
  whole: boolean;
  failure: ModelFailure | null;
  evidence: EvidenceBank;
}

/** Asks a model about a report. Another try only where no word of the answer has come yet; a prompt that is too long is asked again, shorter. */
export async function modelAnswer(
  model: Model,
  { report, index, earlier, question }: Asked,
  say: Telling,
  signal: AbortSignal,
): Promise<Said> {
  let shrinks = 0;
  for (let attempt = 1; ; attempt++) {
    const evidence = evidenceFor(question, index, report.citations, shrinks);
    say.reading(evidence.length, new Set(evidence.map(({ source }) => source.id)).size);
    const request = model.dialect.request(promptAbout(report, evidence, earlier, question), model.card, { offered: [], forbidden: true });
    const heard = await listenToAnswer(model, request, say, signal);
    if (heard.kind === "answered") return { text: heard.text, whole: true, failure: heard.text === "" ? saidNothing : null, evidence };
    const { failure, text } = heard;
    const tooLong = failure?.reason === "context-overflow" && shrinks++ < mostShrinks;
    const again = failure !== null && text === "" && !signal.aborted && (tooLong || (attempt < tries && mayPass(failure)));
    if (!again) return { text, whole: false, failure, evidence };
    if (!tooLong && failure.left !== "others") await pause(Math.min(failure.retryAfterMs ?? attempt * 1_000, longestPauseMs), signal);
  }
}

const saidNothing: ModelFailure = { reason: "empty", detail: "The model gave no answer" };

const hopeless = new Set<ModelFailure["reason"]>(["refused", "context-overflow", "unauthorized", "unknown-model"]);
const mayPass = ({ reason, left }: ModelFailure) => left === "others" || (left !== "none" && !hopeless.has(reason));

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
