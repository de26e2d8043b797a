import { z } from "zod";
import { citationSchema } from "./citation.ts";
import type { PassageContext } from "./passage-context.ts";
import type { Report } from "./report.ts";
import type { SourceRef } from "./source.ts";
import { storableTextSchema } from "./storable-text.ts";

/** Characters of a question about a report: it is asked of passages, not of a file. */
export const maxReportQuestion = 2_000;

/** What `POST /api/reports/:id/messages` takes. `quote`: no model is asked, the sentences that come nearest are quoted. */
export const newReportMessageSchema = z
  .object({
    question: storableTextSchema
      .trim()
      .min(1, "must not be empty")
      .max(maxReportQuestion, `must have at most ${maxReportQuestion.toLocaleString("en")} characters`),
    quote: z.boolean("must be true or false").default(false),
  })
  .strict();

/** whole: it came to its end. cut-off: it was stopped, or the connection went, and stands as far as it came. failed: nothing came. */
export const answerEndSchema = z.enum(["whole", "cut-off", "failed"]);

/** What is known of an answer beside its text. Its citations stand in the order of its marks, like those of a report. */
export const answerFactsSchema = z.object({
  citations: z.array(citationSchema),
  /** Marks that named no passage the model was shown, or one in which nothing carries the sentence; they were taken out. */
  removedMarks: z.array(z.string()),
  /** Who wrote it; null where sentences of the sources are only quoted. */
  model: z.string().nullable(),
  end: answerEndSchema,
  /** One sentence for people where the end needs explaining. */
  detail: z.string().optional(),
});
export type AnswerFacts = z.infer<typeof answerFactsSchema>;

const common = { id: z.number().int(), text: z.string(), createdAt: z.string() };
/** One message of the conversation about a report. A question without an answer behind it is being answered, or its answer was lost. */
export const reportMessageSchema = z.discriminatedUnion("role", [
  z.object({ ...common, role: z.literal("question") }),
  z.object({ ...common, role: z.literal("answer"), facts: answerFactsSchema }),
]);
export type ReportMessage = z.infer<typeof reportMessageSchema>;
export type AnswerMessage = Extract<ReportMessage, { role: "answer" }>;

/** A message as a browser gets it: an answer with its text as HTML that is safe to put into a page. */
export type ShownAnswer = AnswerMessage & {
  html: string;
  /** What stands around the passage of each citation. */
  contexts: PassageContext[];
};
export type ShownMessage = Exclude<ReportMessage, AnswerMessage> | ShownAnswer;

/** All sources of a report under numbers that hold for its whole conversation: the cited ones keep theirs, those that were only read follow. */
export const numberedSources = ({ sources, readOnly }: Pick<Report, "sources" | "readOnly">): SourceRef[] => [
  ...sources,
  ...readOnly.map((source, index) => ({ ...source, n: sources.length + index + 1 })),
];
