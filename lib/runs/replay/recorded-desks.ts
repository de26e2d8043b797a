import type { Paper, SearchHit } from "#lib/domain/tool-details.ts";
import { asked, type Desk } from "#lib/tools/policies/asked.ts";
import type { Answer } from "#lib/tools/providers/provider.ts";
import type { PageRead } from "#lib/tools/tool.ts";
import type { Recording } from "./recording.ts";

/** The name under which a trace shows that nobody was asked. */
export const recordingName = "recording";

/** Providers that know what the recorded run met and nothing else, for calls that it did not make in just this form. */
export function recordedDesks(recording: Recording): {
  search: Desk<string, SearchHit[]>;
  scholar: Desk<string, Paper[]>;
  pages: Desk<string, PageRead>;
} {
  return {
    search: desk((query) => listed(recording.hits.get(query), "query")),
    scholar: desk((query) => listed(recording.papers.get(query), "query")),
    pages: desk((url) => {
      const recorded = recording.pages.get(url) ?? recording.pages.get(url.replace(/^https?:\/\//, ""));
      if (!recorded) return missing("address");
      return recorded.ok ? { ok: true, value: recorded.page } : recorded;
    }),
  };
}

function listed<Item>(items: readonly Item[] | undefined, what: string): Answer<Item[]> {
  return items ? { ok: true, value: [...items] } : missing(what);
}

const missing = (what: string): Answer<never> => ({ ok: false, reason: "not-recorded", detail: `the recorded run has no such ${what}` });

function desk<Value>(find: (request: string) => Answer<Value>): Desk<string, Value> {
  return { name: recordingName, ask: async (request) => asked(find(request), { tries: 0 }) };
}
