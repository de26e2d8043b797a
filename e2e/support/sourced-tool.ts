import type { ToolReturn } from "#lib/tools/tool.ts";
import { type ScriptedTool, scriptedTool } from "./scripted-tool.ts";

/** A `visit` that reads one page per call and keeps it as a source, as the real one does. */
export function sourcedVisit(textOf: (url: string) => string): ScriptedTool {
  const tool = scriptedTool("visit", () => "");
  return {
    ...tool,
    async run(input, { keepSource }): Promise<ToolReturn> {
      tool.calls.push(input);
      const url = String(input.url);
      const page = {
        requestedUrl: url,
        url,
        title: `Page ${url}`,
        site: "site.example",
        text: textOf(url),
        status: 200,
        fetchedAt: "2026-11-24T00:00:00.000Z",
      };
      const source = await keepSource(page);
      const text = `The useful information in ${url} for user goal g as follows:\n\nEvidence in page:\n${page.text}\n\nSummary:\n${page.text}`;
      return {
        outcome: { kind: "ok", text },
        details: { kind: "none" },
        provider: "script",
        attempts: [],
        cacheHit: false,
        sources: [source],
      };
    },
  };
}
