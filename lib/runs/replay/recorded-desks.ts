import type { Paper, SearchHit } from "#lib/domain/tool-details.ts";
import { asked, type Desk } from "#lib/tools/policies/desk.ts";
import type { Answer } from "#lib/tools/providers/provider.ts";
import type { PythonDesk, PythonResult } from "#lib/tools/python/python-job.ts";
import type { PageRead } from "#lib/tools/tool.ts";
import type { Recording } from "./recording.ts";

/** The name under which a trace shows that nobody was asked. */
export const recordingName = "recording";

/** Providers that know what the recorded run met and nothing else, for calls that it did not make in just this form. */
export function recordedDesks(recording: Recording): {
  search: Desk<string, SearchHit[]>;
  scholar: Desk<string, Paper[]>;
  pages: Desk<string, PageRead>;
  /** Runs nothing: stands where this machine has no sandbox, for scripts that the recording does not hold. */
  python: PythonDesk;
} {
  return {
    search: desk((query) => recording.hits.get(query) ?? missing("query")),
    scholar: desk((query) => recording.papers.get(query) ?? missing("query")),
    pages: desk((url) => recording.pages.get(url) ?? recording.pages.get(url.replace(/^https?:\/\//, "")) ?? missing("address")),
    python: { name: recordingName, ask: async () => asked<PythonResult>(missing("script"), { tries: 0 }) },
  };
}

const missing = (what: string): Answer<never> => ({ ok: false, reason: "not-recorded", detail: `the recorded run has no such ${what}` });

function desk<Value>(find: (request: string) => Answer<Value>): Desk<string, Value> {
  return { name: recordingName, ask: async (request) => asked(find(request), { tries: 0 }) };
}
