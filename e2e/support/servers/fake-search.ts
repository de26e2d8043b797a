import { type LoopbackServer, listen } from "./listen.ts";

export interface FakeResult {
  url: string;
  title: string;
  content: string;
}

/** A server that answers as SearXNG does in JSON. `answer` gives the results of a query, or the status it fails with. */
export async function startFakeSearch(
  answer: (query: string) => FakeResult[] | { status: number },
): Promise<LoopbackServer & { queries: string[] }> {
  const queries: string[] = [];
  const server = await listen((request, response) => {
    const url = new URL(request.url ?? "/", "http://search");
    const query = url.searchParams.get("q");
    if (url.pathname !== "/search" || url.searchParams.get("format") !== "json" || query === null)
      return void response.writeHead(403).end();
    queries.push(query);
    const results = answer(query);
    if (!Array.isArray(results)) return void response.writeHead(results.status).end();
    const body = {
      query,
      number_of_results: results.length,
      results: results.map((result) => ({ ...result, engine: "fake", score: 1, category: "general" })),
    };
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ ...body, answers: [], corrections: [], infoboxes: [], suggestions: [] }));
  });
  return Object.assign(server, { queries });
}
