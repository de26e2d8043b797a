import type { Sql } from "postgres";
import { sourceTexts } from "#db/queries/source-texts.ts";
import { passageContext } from "#lib/domain/passage-context.ts";
import type { AnswerMessage, ReportMessage, ShownAnswer, ShownMessage } from "#lib/domain/report-message.ts";
import { toHtml } from "#lib/reports/to-html.ts";

/** An answer as a browser gets it. The ids that a report's marks and headings have are left out: the page has them already, for the report. */
export function shownAnswer(message: AnswerMessage, texts: ReadonlyMap<string, string>): ShownAnswer {
  const { citations } = message.facts;
  const { html } = toHtml({ markdown: message.text, citations });
  const contexts = citations.map(({ sourceId, passage }) => passageContext(texts.get(sourceId) ?? "", passage));
  return { ...message, html: withoutIds(html), contexts };
}

/** The conversation about a report as a browser gets it. */
export async function shownMessages(sql: Sql, messages: readonly ReportMessage[]): Promise<ShownMessage[]> {
  const ids = messages.flatMap((message) => (message.role === "answer" ? message.facts.citations.map(({ sourceId }) => sourceId) : []));
  const texts = await sourceTexts(sql, [...new Set(ids)]);
  return messages.map((message) => (message.role === "answer" ? shownAnswer(message, texts) : message));
}

/** In text `<` is escaped, so whatever follows one is a tag of ours. */
const withoutIds = (html: string) =>
  html.replace(/(<(?:button|h[1-6])\b[^<>]*?) id="[^"]*"/g, "$1").replace(/<a class="anchor"[^<>]*>#<\/a>/g, "");
