import type { z } from "zod";
import type { Paper, ScholarDetails } from "#lib/domain/tool-details.ts";
import { oneLine } from "#lib/std/one-line.ts";
import type { Ahead } from "./ahead.ts";
import { failureWords } from "./failure-words.ts";
import { instructionsIn } from "./instructions-in.ts";
import { askInTurn, type ChainAnswer } from "./policies/ask-in-turn.ts";
import type { Desk } from "./policies/desk.ts";
import { searchArguments } from "./search.ts";
import type { Tool, ToolReturn } from "./tool.ts";

type QueryResult = ScholarDetails["queries"][number];

/** What the chain of indexes said to one query, and how it came about. */
export type PapersAnswer = ChainAnswer<Paper[]>;

/** Asks the indexes in turn: the next one when the ones before it failed or found nothing. */
export const askPapers =
  (chain: readonly Desk<string, Paper[]>[]) =>
  (query: string, signal: AbortSignal): Promise<PapersAnswer> =>
    askInTurn(chain, query, signal, { lacking: nothingFound });

const nothingFound = (papers: Paper[]) => (papers.length > 0 ? null : ({ ok: false, reason: "no-results", detail: "" } as const));

/** Whether an answer to a query that was asked for ahead can be used. */
export const hasPapers = ({ answer }: PapersAnswer): boolean => answer.ok;

/** The `google_scholar` tool. All queries of a call run side by side; one that fails does not fail the others. */
export function scholarTool(options: {
  queries: Pick<Ahead<PapersAnswer>, "begin" | "ask" | "settle">;
}): Tool<z.infer<typeof searchArguments>> {
  return {
    name: "google_scholar",
    description:
      "Leverage Google Scholar to retrieve relevant information from academic publications. Accepts multiple queries. This tool will also return results from google search",
    parameters: {
      type: "object",
      properties: {
        query: {
          type: "array",
          items: { type: "string", description: "The search query." },
          minItems: 1,
          description: "The list of search queries for Google Scholar.",
        },
      },
      required: ["query"],
    },
    schema: searchArguments,
    foresee(argument, value, { signal }) {
      if (argument === "query" && value.trim()) options.queries.begin(value.trim(), signal);
    },
    async run({ queries }, { signal }): Promise<ToolReturn> {
      const answers = await Promise.all(queries.map((query) => options.queries.ask(query, signal)));
      options.queries.settle();
      const results = answers.map((answer, index) => resultOf(queries[index] ?? "", answer));
      const papers = results.flatMap((result) => result.papers);
      const text = results.map(observationOf).join("\n=======\n");
      const reason = results.find((result) => result.failure)?.failure ?? "no-results";
      return {
        outcome: papers.length > 0 ? { kind: "ok", text } : { kind: "failed", reason, text },
        details: { kind: "scholar", queries: results },
        provider: results.find((result) => result.provider)?.provider ?? null,
        attempts: results.flatMap((result) => result.attempts),
        cacheHit: papers.length > 0 && answers.every(({ answer, cacheHit }) => !answer.ok || cacheHit),
        sources: [],
        flags: papers.flatMap((paper) => instructionsIn(`${paper.title}\n${paper.snippet}`, paper.url)),
      };
    },
  };
}

function resultOf(query: string, { answer, provider, attempts }: PapersAnswer): QueryResult {
  if (answer.ok) return { query, provider, papers: answer.value, attempts };
  const failure = attempts.find((attempt) => attempt.reason !== "no-results")?.reason ?? "no-results";
  return { query, provider: null, papers: [], attempts, failure };
}

/** Upstream's layout, which the model was trained on; what failed is said as it is. */
function observationOf(result: QueryResult): string {
  if (result.failure === "no-results") return `No results found for '${result.query}'. Try with a more general query.`;
  if (result.failure)
    return `The search for '${result.query}' failed: ${failureWords[result.failure]}. Try another query, or go on with what is known.`;
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
