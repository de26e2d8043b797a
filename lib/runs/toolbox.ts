import type { CompletionSource } from "#lib/model/model.ts";
import { extractByQuoting } from "#lib/model/quoting/extract.ts";
import { ahead } from "#lib/tools/ahead.ts";
import { type Extract, extractWith } from "#lib/tools/extract.ts";
import { parseFileTool } from "#lib/tools/parse-file.ts";
import { askInTurn } from "#lib/tools/policies/ask-in-turn.ts";
import type { PythonDesk } from "#lib/tools/python/python-job.ts";
import { pythonTool } from "#lib/tools/python-interpreter.ts";
import { askPapers, hasPapers, scholarTool } from "#lib/tools/scholar.ts";
import { askGroups, hasHits, searchTool } from "#lib/tools/search.ts";
import type { Tool } from "#lib/tools/tool.ts";
import { type PageAnswer, visitTool } from "#lib/tools/visit.ts";
import type { Desks } from "./open-desks.ts";

const quote: Extract = async (page, goal) => ({ ok: true, extraction: extractByQuoting(page, goal) });

export interface ToolboxOptions {
  /** Extracts from pages; where there is none sentences are quoted. */
  summaryModel: CompletionSource | null;
  /** Where scripts run; without any there is no Python. `form`: how the model's dialect writes code. */
  python?: { desks: readonly PythonDesk[]; form: "tags" | "argument" };
  /** Whether the first hits of a search are fetched while the model thinks. */
  fetchAhead: boolean;
}

/**
 * The tools of one lane over the providers of the process, in the order of the model's training. A tool that nobody could answer for is
 * left out. What is begun ahead belongs to the lane; lanes share what the providers' desks do: requests at work, and the cache.
 */
export function toolbox(desks: Desks, { summaryModel, python, fetchAhead }: ToolboxOptions): Tool[] {
  const pages = ahead<PageAnswer>({ ask: (url, signal) => askInTurn(desks.pages, url, signal), isUsable: ({ answer }) => answer.ok });
  const queries = ahead({ ask: askGroups(desks.search), isUsable: hasHits });
  const papers = ahead({ ask: askPapers(desks.scholar), isUsable: hasPapers });
  const extract = summaryModel ? extractWith(summaryModel) : quote;
  return [
    searchTool({ queries, ...(fetchAhead && { onHits: pages.expect }) }),
    visitTool({ pages, extract, fallback: quote }),
    ...(python && python.desks.length > 0 ? [pythonTool({ sandboxes: python.desks, form: python.form })] : []),
    ...(desks.scholar.length > 0 ? [scholarTool({ queries: papers })] : []),
    parseFileTool(),
  ] as Tool[];
}
