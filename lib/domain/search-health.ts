import type { FailureReason } from "./outcome.ts";
import { providerInSentence, providerName } from "./provider-name.ts";
import type { Attempt, ToolDetails } from "./tool-details.ts";

/** How one provider did over a run. */
export interface ProviderHealth {
  provider: string;
  /** The web, or the indexes of papers: one does not stand in for the other. */
  of: "search" | "scholar";
  /** Queries it was asked, and how many of them it had hits for. */
  asked: number;
  answered: number;
  /** Queries for which it failed: finding nothing is no failure. */
  failed: number;
  /** Why, the last time. */
  lastFailure: { reason: FailureReason; detail: string } | null;
}

/** How searching went over a run: the web and the indexes of papers, not the pages. */
export interface SearchHealth {
  queries: number;
  /** Queries nobody answered because of failures. */
  unanswered: number;
  providers: readonly ProviderHealth[];
}

export const healthyStart: SearchHealth = { queries: 0, unanswered: 0, providers: [] };

/** The health with one more call in it. Calls that do not search change nothing. */
export function withSearch(health: SearchHealth, details: ToolDetails): SearchHealth {
  if (details.kind !== "search" && details.kind !== "scholar") return health;
  const keyOf = (of: string, provider: string) => `${of} ${provider}`;
  const providers = new Map(health.providers.map((each) => [keyOf(each.of, each.provider), each]));
  for (const attempt of details.queries.flatMap((query) => query.attempts)) {
    const key = keyOf(details.kind, attempt.provider);
    const before = providers.get(key) ?? {
      provider: attempt.provider,
      of: details.kind,
      asked: 0,
      answered: 0,
      failed: 0,
      lastFailure: null,
    };
    providers.set(key, withAttempt(before, attempt));
  }
  const lost = details.queries.filter((query) => query.failure !== undefined && query.failure !== "no-results").length;
  return { queries: health.queries + details.queries.length, unanswered: health.unanswered + lost, providers: [...providers.values()] };
}

function withAttempt(known: ProviderHealth, attempt: Attempt): ProviderHealth {
  const failure =
    !attempt.ok && attempt.reason !== "no-results" ? { reason: attempt.reason ?? "provider-failed", detail: attempt.detail ?? "" } : null;
  // That it was left alone is the consequence: the trouble before it says more.
  const last = failure?.reason === "resting" ? (known.lastFailure ?? failure) : (failure ?? known.lastFailure);
  return {
    ...known,
    asked: known.asked + 1,
    answered: known.answered + (attempt.ok ? 1 : 0),
    failed: known.failed + (failure ? 1 : 0),
    lastFailure: last,
  };
}

/** Whether a provider failed at all: then the run's page has a line about it. */
export const hadTrouble = (health: SearchHealth): boolean => health.providers.some((each) => each.failed > 0);

/**
 * What a reader has to know of the searching to judge the report, in sentences: queries that stayed without an answer, and providers
 * that never answered although they were to be asked first. Empty when it did not matter.
 */
export function searchLimitations(health: SearchHealth): string[] {
  const failing = health.providers.filter((each) => each.failed > 0);
  if (health.unanswered > 0) return [`${lostWords(health)}: ${failing.map(troubleOf).join("; ")}.`];
  return (["search", "scholar"] as const).flatMap((of) => {
    const broken = failing.filter((each) => each.of === of && each.answered === 0);
    const working = health.providers.filter((each) => each.of === of && each.answered > 0).map((each) => providerInSentence(each.provider));
    if (broken.length === 0 || working.length === 0) return [];
    return [`${broken.map(troubleOf).join("; ")}. What was found comes from ${listed(working)}.`];
  });
}

function lostWords({ queries, unanswered }: SearchHealth): string {
  if (unanswered < queries) return `${unanswered} of ${queries} searches ${unanswered === 1 ? "was" : "were"} not answered`;
  return queries === 1 ? "The only search was not answered" : `None of the ${queries} searches was answered`;
}

/** `SearXNG failed for 4 of 6 searches (HTTP 502)`. */
export function troubleOf({ provider, asked, failed, lastFailure }: ProviderHealth): string {
  const why = lastFailure?.detail ? ` (${lastFailure.detail})` : "";
  return `${providerName(provider)} failed for ${shareOf(failed, asked)}${why}`;
}

const listed = (names: readonly string[]) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

function shareOf(failed: number, asked: number): string {
  if (failed < asked) return `${failed} of ${asked} searches`;
  return asked === 1 ? "the only search" : `all ${asked} searches`;
}
