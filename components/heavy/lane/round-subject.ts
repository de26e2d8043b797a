import { filesOf, queriesOf, urlsOf } from "#components/trace/call-shape.ts";
import { askedOf, stepTitle } from "#components/trace/step-title.ts";
import type { StepView } from "#lib/domain/run-view.ts";

/** What a round was about, in a line beside its icon: the query, the page, the file; else what was done. */
export function roundSubject(step: StepView): string {
  if (step.silence) return "Waiting for the model";
  const asked = step.calls.length > 0 ? step.calls : askedOf(step);
  const [call, ...others] = asked;
  if (step.reportMissing === "asked-again" || !call || others.length > 0) return stepTitle(step);
  const items = itemsOf(call);
  if (items.length === 0) return stepTitle(step);
  return items.length === 1 ? (items[0] ?? "") : `${items[0]}, and ${items.length - 1} more`;
}

function itemsOf(call: { tool: string; arguments: Record<string, unknown> }): string[] {
  switch (call.tool) {
    case "search":
    case "google_scholar":
      return queriesOf(call);
    case "visit":
      return urlsOf(call).map(shortAddress);
    case "parse_file":
      return filesOf(call);
    default:
      return [];
  }
}

/** example.org/a/b, without what every address has. */
const shortAddress = (url: string) => url.replace(/^https?:\/\/(?:www\.)?/i, "").replace(/\/$/, "");
