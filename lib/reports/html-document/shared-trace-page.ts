import type { Report } from "#lib/domain/report.ts";
import type { CallView, RunView, StepView } from "#lib/domain/run-view.ts";
import { frame } from "./frame.ts";
import { html, type Markup } from "./markup.ts";
import { footOf, headOf, mastOf, type OpenLink } from "./open-link.ts";
import { count, momentWords } from "./words.ts";

/** How the steps and their failures are put into words, as the application itself does. */
export interface TraceWords {
  title(step: StepView): string;
  failure(reason: string): string;
  duration(milliseconds: number): string;
}

/** Of an observation so much is shown; what was read is a stored copy, and stands there whole. */
const mostObservation = 20_000;

/**
 * How a report came about: the steps of its run, thought first, then what was called with what, and what came back. What names the house it ran in is
 * left out: addresses of servers, failures in their own words, the system prompt.
 */
export function toSharedTracePage({
  report,
  view,
  words,
  link,
}: {
  report: Report;
  view: RunView;
  words: TraceWords;
  link: OpenLink;
}): string {
  const steps = view.rows.filter((row) => row.kind === "step");
  const lanes = [...new Set(steps.map((step) => step.lane))];
  return frame({
    language: "en",
    title: "How it was researched",
    head: headOf({ ...link, indexable: false }, ""),
    mast: mastOf(link, "Trace of a shared report, read only"),
    main: html`<h1>How it was researched</h1>
<dl class="made">
<div><dt>Report</dt><dd><a href="${link.base}">${report.question.slice(0, 300)}</a></dd></div>
<div><dt>Model</dt><dd>${view.model && view.model.dialect !== "quoting" ? view.model.name : "no language model"}</dd></div>
${view.startedAt && html`<div><dt>Begun</dt><dd>${momentWords(view.startedAt)}</dd></div>`}
<div><dt>Work</dt><dd>${count(steps.length, "step")}, ${count(view.sources.length, "source")} read${took(view, words)}</dd></div>
</dl>
${lanes.map(
  (lane) => html`<section><h2>${laneWords(lane)}</h2>
${steps.filter((step) => step.lane === lane).map((step) => stepOf(step, words))}</section>`,
)}`,
    foot: footOf(link),
  });
}

const took = ({ startedAt, endedAt }: RunView, { duration }: TraceWords) =>
  startedAt && endedAt ? `, ${duration(Date.parse(endedAt) - Date.parse(startedAt))}` : "";

/** `researcher-2` is Researcher 2; a lane without a name of its own did the research. */
const laneWords = (lane: string) => (lane === "main" ? "Research" : `${lane.charAt(0).toUpperCase()}${lane.slice(1).replaceAll("-", " ")}`);

function stepOf(step: StepView, words: TraceWords): Markup {
  return html`<details class="step" id="s-${step.lane}-${step.step}"><summary><span class="n">${step.step}</span><span>${words.title(step)}</span>${step.durationMs !== null && html`<span class="meta">${words.duration(step.durationMs)}</span>`}</summary>
<div>
${text("Thought", step.thought)}${text("Report so far", step.report)}${text("Answer", step.answer)}${text("Summary", step.summary ?? "")}
${step.calls.map((call) => callOf(call, words))}
</div></details>
`;
}

const text = (name: string, body: string): Markup | false =>
  body.trim() !== "" && html`<h3>${name}</h3><p class="thought" dir="auto">${body.trim()}</p>`;

function callOf({ tool, arguments: given, returned }: CallView, words: TraceWords): Markup {
  const failure = returned?.outcome.kind === "failed" ? returned.outcome.reason : null;
  return html`<section><h3><code>${tool}</code>${failure && html` <span class="bad">${words.failure(failure)}</span>`}</h3>
<dl>${Object.entries(given).map(([name, value]) => html`<dt>${name}</dt><dd>${block(name, argumentText(value))}</dd>`)}</dl>
${returned ? observation(returned.outcome.text) : html`<p class="meta">It did not return.</p>`}</section>`;
}

/** One line a query or an address; what is neither text nor a list of texts as the JSON it is. */
function argumentText(value: unknown): string {
  if (typeof value === "string") return value;
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
  return isList ? value.join("\n") : JSON.stringify(value, null, 2);
}

const block = (name: string, body: string): Markup => html`<pre tabindex="0" role="group" aria-label="${name}">${body}</pre>`;

function observation(body: string): Markup {
  const rest = body.length - mostObservation;
  return html`<details><summary>Observation, ${count(body.length, "character")}</summary>${block("Observation", body.slice(0, mostObservation))}${rest > 0 && html`<p class="meta">${count(rest, "more character")} not shown here.</p>`}</details>`;
}
