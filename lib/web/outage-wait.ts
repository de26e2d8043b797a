import { isOutage } from "#db/is-outage.ts";

/** Seconds: somebody who asks again after this finds a database that is back within the three seconds in which Dossier goes on. */
export const outageWait = 2;

/** The header that says so, for an answer that is a page; null where the error is no outage. */
export const outageHeaders = (error: unknown): { "retry-after": string } | null =>
  isOutage(error) ? { "retry-after": String(outageWait) } : null;
