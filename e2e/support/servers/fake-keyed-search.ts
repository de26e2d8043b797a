import { type FakeService, type ServiceCall, type ServiceReply, startFakeService } from "./fake-service.ts";

export type KeyedSearch = "serper" | "tavily" | "brave" | "exa";

/** A page such a service found. Any of its texts may be missing, as in the real answers. */
export interface FoundPage {
  url: string;
  title?: string | null;
  text?: string | null;
  date?: string | null;
}

interface Vendor {
  path: string;
  queryOf(call: ServiceCall): unknown;
  keyOf(call: ServiceCall): unknown;
  refusal: ServiceReply;
  answer(pages: unknown[]): unknown;
  toResult(page: FoundPage): unknown;
}

const bearer = ({ headers }: ServiceCall) => headers.authorization?.replace(/^Bearer /, "");
const inBody = (name: string) => (call: ServiceCall) => (call.body as Record<string, unknown> | undefined)?.[name]; // what a test sent

const vendors: Record<KeyedSearch, Vendor> = {
  serper: {
    path: "/search",
    queryOf: inBody("q"),
    keyOf: ({ headers }) => headers["x-api-key"],
    refusal: { status: 403, json: { message: "Unauthorized.", statusCode: 403 } },
    answer: (organic) => ({ searchParameters: { type: "search", engine: "google" }, organic, peopleAlsoAsk: [], credits: 1 }),
    toResult: ({ url, title, text, date }) => ({ title, link: url, snippet: text, ...(date && { date }), position: 1 }),
  },
  tavily: {
    path: "/search",
    queryOf: inBody("query"),
    keyOf: bearer,
    refusal: { status: 401, json: { detail: { error: "Unauthorized: missing or invalid API key." } } },
    answer: (results) => ({ query: "", follow_up_questions: null, answer: null, images: [], results, response_time: 0.9 }),
    toResult: ({ url, title, text, date }) => ({
      url,
      title,
      content: text,
      score: 0.8,
      raw_content: null,
      ...(date && { published_date: date }),
    }),
  },
  brave: {
    path: "/res/v1/web/search",
    queryOf: ({ parameters }) => parameters.get("q"),
    keyOf: ({ headers }) => headers["x-subscription-token"],
    refusal: { status: 422, json: { type: "ErrorResponse", error: { code: "SUBSCRIPTION_TOKEN_INVALID", status: 422 } } },
    answer: (results) => ({ type: "search", query: {}, mixed: {}, web: { type: "search", results, family_friendly: true } }),
    toResult: ({ url, title, text, date }) => ({ type: "search_result", url, title, description: text, age: "1 week ago", page_age: date }),
  },
  exa: {
    path: "/search",
    queryOf: inBody("query"),
    keyOf: ({ headers }) => headers["x-api-key"],
    refusal: { status: 401, json: { requestId: "1", error: "Invalid API key", tag: "INVALID_API_KEY" } },
    answer: (results) => ({ requestId: "1", resolvedSearchType: "neural", results, costDollars: { total: 0.005 } }),
    toResult: ({ url, title, text, date }) => ({ id: url, url, title, publishedDate: date, author: null, highlights: text ? [text] : [] }),
  },
};

/** A search service that wants a key, in its own words. `more`: entries of its list that are not as they should be. */
export function startFakeKeyedSearch(
  vendor: KeyedSearch,
  { key, pages, more = [] }: { key: string; pages: FoundPage[]; more?: unknown[] },
): Promise<FakeService> {
  const { path, queryOf, keyOf, refusal, answer, toResult } = vendors[vendor];
  return startFakeService((call) => {
    if (call.path !== path || typeof queryOf(call) !== "string") return { status: 404, json: {} };
    if (keyOf(call) !== key) return refusal;
    return { json: answer([...more, ...pages.map(toResult)]) };
  });
}
