import { database } from "#db/database.ts";
import { messagesOf } from "#db/queries/report-messages.ts";
import { getReport } from "#db/queries/reports.ts";
import { newReportMessageSchema } from "#lib/domain/report-message.ts";
import { answeringModel } from "#lib/runs/about-report/answering-models.ts";
import type { Telling } from "#lib/runs/about-report/model-answer.ts";
import { shownMessages } from "#lib/runs/about-report/shown-message.ts";
import { answerAboutReport, askAboutReport } from "#lib/runs/answer-about-report.ts";
import { AppError } from "#lib/std/app-error.ts";
import { house } from "#lib/web/house.ts";
import { bodyOf, route } from "#lib/web/route.ts";
import { answerStream } from "./answer-stream.ts";

/** The conversation about a report, oldest first. */
export const GET = route<{ reportId: string }>(async ({ viewer, params }) => {
  const db = database();
  if (!(await getReport(db, viewer, params.reportId))) throw new AppError("not-found", "There is no such report.");
  const messages = await messagesOf(db, viewer, params.reportId);
  return Response.json({ items: await shownMessages(db.sql, messages), next: null });
});

/** Asks a question about a report. The answer streams as UI messages; a reader who leaves stops it. */
export const POST = route<{ reportId: string }>(async ({ request, viewer, params }) => {
  const { question, quote } = await bodyOf(request, newReportMessageSchema);
  const db = database();
  const open = await askAboutReport(db, viewer, params.reportId, question);
  const stream = house.streams.add();
  const signal = AbortSignal.any([request.signal, stream.signal]);
  const model = async () => (quote ? null : answeringModel(params.reportId, signal));
  const answer = async (say: Telling) => {
    const [shown] = await shownMessages(db.sql, [await answerAboutReport(db, open, { model, say, signal })]);
    return shown;
  };
  return answerStream(answer, stream.end);
});
