import type { FailureReason } from "#lib/domain/outcome.ts";
import type { Paper, SearchHit } from "#lib/domain/tool-details.ts";
import type { PageRead } from "#lib/tools/tool.ts";

/** What a provider answered. `status`: of the service's HTTP answer, where there was one. `retryAfterMs`: what the service asked us to wait. */
export type Answer<Value> =
  | { ok: true; value: Value }
  | { ok: false; reason: FailureReason; detail: string; status?: number; retryAfterMs?: number };

/**
 * One outside service behind a tool, with its request and its answer in our shapes. It asks once: limits, retries, the cache and the
 * chain are policies around it. An outage is an answer; `ask` throws only when `signal` aborted. Null means: this is none of mine, ask
 * the next one.
 */
export interface Provider<Request, Value> {
  name: string;
  /** What the service asks of its callers; the policies keep to it, across all worker processes. */
  manners: Manners;
  /** The part of the service that a request concerns, where its parts have nothing to do with each other: each has its own limits and failures. */
  partOf?(request: Request): string;
  /** False where a look at the request shows that it is none of mine: then nothing is waited for. `ask` may still find that out later. */
  isFor?(request: Request): boolean;
  ask(request: Request, signal: AbortSignal): Promise<Answer<Value> | null>;
}

export interface Manners {
  /** Requests at a time. */
  atOnce: number;
  /** The limits protect this machine and not a service: they hold in one process. */
  local?: boolean;
  /** Milliseconds from the start of one request to the start of the next; absent: as they come. */
  everyMs?: number;
}

/** At most ten hits, best first. */
export type SearchProvider = Provider<string, SearchHit[]>;
/** At most ten papers, best first. */
export type ScholarProvider = Provider<string, Paper[]>;
/** Reads the page at an address. */
export type PageProvider = Provider<string, PageRead>;
