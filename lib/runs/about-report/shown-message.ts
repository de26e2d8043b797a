import type { ReportMessage, ShownMessage } from "#lib/domain/report-message.ts";
import { toHtml } from "#lib/reports/to-html.ts";

/** A message as a browser gets it. The ids that a report's marks and headings have are left out: the page has them already, for the report. */
export function shownMessage(message: ReportMessage): ShownMessage {
  if (message.role === "question") return message;
  const { html } = toHtml({ markdown: message.text, citations: message.facts.citations });
  return { ...message, html: withoutIds(html) };
}

/** In text `<` is escaped, so whatever follows one is a tag of ours. */
const withoutIds = (html: string) =>
  html.replace(/(<(?:button|h[1-6])\b[^<>]*?) id="[^"]*"/g, "$1").replace(/<a class="anchor"[^<>]*>#<\/a>/g, "");
