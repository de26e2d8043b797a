import type { Database } from "#db/client.ts";
import { insertAnswer, insertQuestion, messagesOf } from "#db/queries/report-messages.ts";
import { getReport } from "#db/queries/reports.ts";
import type { Report } from "#lib/domain/report.ts";
import { type AnswerMessage, numberedSources, type ReportMessage } from "#lib/domain/report-message.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import type { Model } from "#lib/model/model.ts";
import { cite } from "#lib/reports/cite.ts";
import type { EvidenceIndex } from "#lib/reports/evidence-index.ts";
import { AppError } from "#lib/std/app-error.ts";
import { checkedByText } from "./about-report/checked-by-text.ts";
import { indexOfReport } from "./about-report/index-of-report.ts";
import { modelAnswer, type Telling } from "./about-report/model-answer.ts";
import { quoteAnswer } from "./about-report/quote-answer.ts";
import { renumbered, resolveAnswer } from "./about-report/resolve-answer.ts";

/** Nobody waits longer for an answer about a report; a question that is older and has none was being answered by a process that died. */
export const answerWithinMs = 180_000;

/** A question about a report that is stored and may be answered now. */
export interface OpenQuestion {
  report: Report;
  message: ReportMessage;
  earlier: ReportMessage[];
}

/** Stores a question about a report, before anything is answered. Refuses while another one is being answered. */
export async function askAboutReport(db: Database, viewer: Viewer, reportId: string, question: string): Promise<OpenQuestion> {
  const report = await getReport(db, viewer, reportId);
  if (!report) throw new AppError("not-found", "There is no such report.");
  const earlier = await messagesOf(db, viewer, reportId);
  const message = await insertQuestion(db.sql, reportId, question, answerWithinMs);
  if (!message) throw new AppError("conflict", "Another question about this report is being answered. Wait for its answer, or stop it.");
  return { report, message, earlier };
}

interface Answering {
  /** Null: no model is asked, the sources are quoted. Rejects where none can be had. */
  model: () => Promise<Model | null>;
  say: Telling;
  /** The reader stopped it, or is gone: the model's socket is closed, and what has come is stored as cut off. */
  signal: AbortSignal;
}

/** Answers a stored question from the stored passages of the report's run, and stores the answer however it ends. */
export async function answerAboutReport(
  db: Database,
  { report, message, earlier }: OpenQuestion,
  { model, say, signal }: Answering,
): Promise<AnswerMessage> {
  const keep = (text: string, facts: Partial<AnswerMessage["facts"]>) =>
    insertAnswer(db.sql, report.id, text, { citations: [], removedMarks: [], model: null, end: "whole", ...facts });
  const numbers = new Map(numberedSources(report).map(({ id, n }) => [id, n]));
  const numberOf = (sourceId: string) => {
    const n = numbers.get(sourceId);
    if (n === undefined) throw new Error("An answer cites a source that its report does not list");
    return n;
  };
  const within = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs - 10_000)]);
  try {
    const index = await indexOfReport(db.sql, report);
    const chosen = await model();
    if (!chosen) return await keepQuotes(keep, message.text, index, numberOf);
    const said = await modelAnswer(chosen, { report, index, earlier, question: message.text }, say, within);
    const { markdown, citations, removedMarks } = resolveAnswer(said.text, said.evidence, numberOf);
    const end = said.text === "" ? "failed" : said.whole ? "whole" : "cut-off";
    return await keep(markdown, {
      citations: checkedByText(citations, index),
      removedMarks,
      model: chosen.card.name,
      end,
      ...(end !== "whole" && { detail: whyNot(said.failure?.detail, signal, within) }),
    });
  } catch (error) {
    if (error instanceof AppError) return keep("", { end: "failed", detail: error.message });
    if (signal.aborted) return keep("", { end: "failed", detail: whyNot(undefined, signal, within) });
    console.error("[web]", error);
    return keep("", { end: "failed", detail: "Dossier failed while it answered. The server's log tells why." });
  }
}

type Keep = (text: string, facts: Partial<AnswerMessage["facts"]>) => Promise<AnswerMessage>;

function keepQuotes(keep: Keep, question: string, index: EvidenceIndex, numberOf: (sourceId: string) => number): Promise<AnswerMessage> {
  const quoted = cite(quoteAnswer(question, index.sources), index.sources);
  const { markdown, citations, removedMarks } = renumbered(quoted, numberOf);
  return keep(markdown, { citations: checkedByText(citations, index), removedMarks });
}

function whyNot(failure: string | undefined, signal: AbortSignal, within: AbortSignal): string {
  if (signal.aborted) return "It was stopped, or the connection was lost.";
  if (within.aborted) return "It took longer than three minutes.";
  return failure === undefined ? "The model ran into its token limit." : `${failure.replace(/[.]$/, "")}.`;
}
