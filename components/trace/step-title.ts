import { providerInSentence } from "#lib/domain/provider-name.ts";
import { isReporting } from "#lib/domain/reporting-lanes.ts";
import type { CallView, StepView } from "#lib/domain/run-view.ts";
import type { SearchDetails } from "#lib/domain/tool-details.ts";
import { siteOf } from "#lib/std/site-of.ts";
import { filesOf, queriesOf, urlsOf } from "./call-shape.ts";
import { count } from "./count.ts";
import { reportingTitle } from "./reporting-title.ts";

/** What a step is doing, or did: a fact in the past tense once it has ended. */
export function stepTitle(step: StepView): string {
  if (isReporting(step.lane)) return reportingTitle(step);
  if (step.paused) return pausedTitle(step);
  if (step.summary !== null) return "Summarised the conversation";
  if (step.reportMissing === "asked-again") return "Wrote no report, and was asked once more";
  if (step.calls.length > 1) return manyTitle(step);
  const call = step.calls.at(-1);
  if (call) return call.returned ? pastOf(call, call.returned) : step.state === "ended" ? brokenOff(call) : presentOf(call);
  if (step.state === "thinking") return thinkingTitle(step);
  if (step.forced && step.move?.kind === "calls") return "Asked for a tool when told to answer";
  const [asked] = askedOf(step);
  if (asked) return step.state === "acting" ? presentOf(asked) : brokenOff(asked);
  return endedTitle(step);
}

/** Of a run that is paused: what goes on from here, or is begun again, when it resumes. */
function pausedTitle(step: StepView): string {
  const open = step.calls.find((call) => !call.returned) ?? askedOf(step)[0];
  return `Paused while ${open ? inSentence(presentOf(open)) : "thinking"}`;
}

function thinkingTitle(step: StepView): string {
  if (step.answer !== "") return "Writing the answer";
  if (step.report !== "") return "Rewriting its report";
  if (step.thought === "" && step.failures.length > 0) return "Waiting for the model";
  return "Thinking";
}

function endedTitle(step: StepView): string {
  switch (step.move?.kind) {
    case "answer":
      return step.forced ? "Wrote the answer with what was found" : "Wrote the answer";
    case "unreadable":
      return "Wrote a call that could not be read";
    case "none":
      if (step.report !== "") return "Wrote how it reached its answer";
      return "Thought, and chose no next move";
    default:
      return step.failures.length > 0 ? "Got no answer from the model" : "Broke off";
  }
}

type Asked = Pick<CallView, "tool" | "arguments">;

/** The calls a step asked for. One that could not be read is shown without arguments. */
export function askedOf(step: StepView): Asked[] {
  if (step.move?.kind !== "calls") return [];
  return step.move.calls.map((call) => ({ tool: call.tool, arguments: "arguments" in call ? call.arguments : {} }));
}

/** Several calls at once: how many, and how many of them have returned while they run. */
function manyTitle(step: StepView): string {
  const returned = step.calls.filter((call) => call.returned).length;
  const asked = Math.max(step.calls.length, askedOf(step).length);
  return step.state === "acting" ? `Working on ${asked} calls, ${returned} done` : `Made ${count(asked, "call")} at once`;
}

function presentOf(call: Asked): string {
  if (call.tool === "search") return `Searching${manyQueries(call)}`;
  if (call.tool === "visit") {
    const [first, ...others] = urlsOf(call);
    return first && others.length === 0 ? `Reading ${siteOf(first)}` : `Reading ${count(others.length + 1, "page")}`;
  }
  if (call.tool === "google_scholar") return `Searching for papers${manyQueries(call)}`;
  if (call.tool === "PythonInterpreter") return "Computing in Python";
  if (call.tool === "parse_file") {
    const [first, ...others] = filesOf(call);
    return first && others.length === 0 ? `Reading ${first}` : `Reading ${count(others.length + 1, "file")}`;
  }
  return `Calling ${call.tool}`;
}

function brokenOff(call: Asked): string {
  return `Broke off while ${inSentence(presentOf(call))}`;
}

const inSentence = (title: string) => title.replace(/^./, (letter) => letter.toLowerCase());

function pastOf(call: CallView, returned: NonNullable<CallView["returned"]>): string {
  const { details, outcome } = returned;
  if (details.kind === "search") return `${searched(returned.provider ?? onlyAsked(details))}${many(details.queries.length)}`;
  if (details.kind === "scholar") return `Searched for papers${many(details.queries.length)}`;
  if (details.kind === "visit") return readTitle(details.pages, "page");
  if (details.kind === "files") return readTitle(details.files, "file");
  if (details.kind === "python") return details.failure ? "Computed in Python, and failed" : "Computed in Python";
  return outcome.kind === "ok" ? `Called ${call.tool}` : `Tried to call ${call.tool}`;
}

/** Who was asked when nobody found anything: named only if it was one. */
function onlyAsked(details: SearchDetails): string | null {
  const [first, ...others] = new Set(details.queries.flatMap((query) => query.attempts.map((attempt) => attempt.provider)));
  return first && others.length === 0 ? first : null;
}

function searched(provider: string | null): string {
  if (provider === null) return "Searched";
  const isNear = provider.split(" + ").every((each) => near.has(each));
  return isNear ? `Searched ${providerInSentence(provider)}` : "Searched the web";
}

/** Searched by their names: what they search is not the web. */
const near = new Set(["corpus", "kiwix", "wikipedia", "recording"]);

function readTitle(items: readonly { failure?: unknown }[], one: string): string {
  const wanted = count(items.length, one);
  const read = items.filter((item) => !item.failure).length;
  if (read === items.length) return `Read ${wanted}`;
  return read === 0 ? `Could not read ${wanted}` : `Read ${read} of ${wanted}`;
}

const manyQueries = (call: Asked) => many(queriesOf(call).length);
const many = (queries: number) => (queries > 1 ? `, ${queries} queries` : "");
