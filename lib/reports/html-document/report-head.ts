import { independentSources } from "#lib/domain/independent-sources.ts";
import type { Report } from "#lib/domain/report.ts";
import { checks } from "./checks.ts";
import { html, type Markup } from "./markup.ts";
import { count, momentWords } from "./words.ts";

/** Of a report: the question, when and by what it was made, what the checks found, and what a reader has to know to judge it. */
export function reportHead(report: Report, language: string): Markup {
  const { question, version, createdAt, sources, readOnly, removedMarks, limitations } = report;
  const independent = independentSources(sources).length;
  return html`<h1 lang="${language}" dir="auto">${question}</h1>
<dl class="made">
<div><dt>Made</dt><dd><time datetime="${createdAt}">${momentWords(createdAt)}</time></dd></div>
<div><dt>Version</dt><dd>${version}${report.rewrite && `, written again from version ${report.rewrite.version}`}</dd></div>
<div><dt>Written by</dt><dd>${writer(report)}</dd></div>
<div><dt>Evidence</dt><dd>${count(sources.length, "source")} cited of ${sources.length + readOnly.length} read${independent < sources.length && `; ${independent} independent of each other`}</dd></div>
</dl>
${report.kind === "quotes" && html`<p class="notice">${quotesNotice(report)}</p>`}
${checks(report)}
${report.citations.length > 0 && html`<p class="hint">Press a mark behind a sentence to see the passage it rests on. Sentences without a mark are the report’s own.</p>`}
${removedMarks.length > 0 && html`<p class="limit">${count(removedMarks.length, "mark")} of the model named no source of this research and ${removedMarks.length === 1 ? "was" : "were"} removed.</p>`}
${limitations.map((sentence) => html`<p class="limit"><b>Limitation.</b> ${sentence}</p>`)}`;
}

function writer({ kind, model }: Report): string {
  if (kind === "quotes") return "no language model";
  return model ? `${model}, a language model` : "a language model";
}

const quotesNotice = ({ model }: Report) =>
  model
    ? "No language model wrote this: the research ended before an answer, and this report only quotes its sources."
    : "No language model was connected: this report only quotes its sources.";
