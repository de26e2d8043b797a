import type { z } from "zod";
import type { Paper, ScholarDetails } from "#lib/domain/tool-details.ts";
import { oneLine } from "#lib/std/one-line.ts";
import type { Ahead } from "./ahead.ts";
import { instructionsIn } from "./instructions-in.ts";
import { askInTurn, type ChainAnswer } from "./policies/ask-in-turn.ts";
import type { Desk } from "./policies/desk.ts";
import { betweenAnswers, failureOf, isStored, lackingItems, nothingCame, queryArguments, queryParameters } from "./queries.ts";
import type { Tool, ToolReturn } from "./tool.ts";

type QueryResult = ScholarDetails["queries"][number];

/** What the chain of indexes said to one query, and how it came about. */
export type PapersAnswer = ChainAnswer<Paper[]>;

/** Asks the indexes in turn: the next one when the ones before it failed or found nothing. */
export const askPapers =
  (chain: readonly Desk<string, Paper[]>[]) =>
  (query: string, signal: AbortSignal): Promise<PapersAnswer> =>
    askInTurn<string, Paper[]>(chain, query, signal, { lacking: lackingItems });

/** Whether an answer to a query that was asked for ahead can be used. */
export const hasPapers = ({ answer }: PapersAnswer): boolean => answer.ok;

/** The `google_scholar` tool. All queries of a call run side by side; one that fails does not fail the others. */
export function scholarTool(options: {
  queries: Pick<Ahead<PapersAnswer>, "begin" | "ask" | "enter">;
}): Tool<z.infer<typeof queryArguments>> {
  return {
    name: "google_scholar",
    description:
      "Leverage Google Scholar to retrieve relevant information from academic publications. Accepts multiple queries. This tool will also return results from google search",
    parameters: queryParameters("The list of search queries for Google Scholar."),
    schema: queryArguments,
    foresee(argument, value, { signal }) {
      if (argument === "query" && value.trim()) options.queries.begin(value.trim(), signal);
    },
    async run({ queries }, { signal }): Promise<ToolReturn> {
      const leave = options.queries.enter();
      const answers = await Promise.all(queries.map((query) => options.queries.ask(query, signal)));
      leave();
      const results = answers.map((answer, index) => resultOf(queries[index] ?? "", answer));
      const papers = results.flatMap((result) => result.papers);
      const text = results.map(observationOf).join(betweenAnswers);
      const reason = results.find((result) => result.failure)?.failure ?? "no-results";
      return {
        outcome: papers.length > 0 ? { kind: "ok", text } : { kind: "failed", reason, text },
        details: { kind: "scholar", queries: results },
        provider: results.find((result) => result.provider)?.provider ?? null,
        attempts: results.flatMap((result) => result.attempts),
        cacheHit: results.every((result) => isStored(result.attempts)),
        sources: [],
        flags: papers.flatMap((paper) => instructionsIn(`${paper.title}\n${paper.snippet}`, paper.url)),
      };
    },
  };
}

function resultOf(query: string, { answer, provider, attempts }: PapersAnswer): QueryResult {
  if (answer.ok) return { query, provider, papers: answer.value, attempts };
  return { query, provider: null, papers: [], attempts, failure: failureOf(attempts) };
}

/** Upstream's layout, which the model was trained on; what failed is said as it is. */
function observationOf(result: QueryResult): string {
  if (result.failure) return nothingCame(result.query, result.failure);
  const items = result.papers.map((paper, index) => `${index + 1}. ${describe(paper)}`);
  return `A Google scholar for '${result.query}' found ${result.papers.length} results:\n\n## Scholar Results\n${items.join("\n\n")}`;
}

/** Upstream knows only PDFs; where there is none, the page that describes the work stands there as what it is. */
function describe({ title, url, pdfUrl, publication, year, citedBy, snippet }: Paper): string {
  const lines = [
    `[${oneLine(title)}](${pdfUrl ? `pdfUrl: ${pdfUrl}` : url})`,
    ...(publication ? [`publicationInfo: ${oneLine(publication)}`] : []),
    ...(year ? [`Date published: ${year}`] : []),
    ...(citedBy === undefined ? [] : [`citedBy: ${citedBy}`]),
  ];
  return `${lines.join("\n")}\n\n${oneLine(snippet)}`;
}
