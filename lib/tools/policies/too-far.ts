import { type Asked, asked } from "./desk.ts";

/** The answer of a provider that could only be asked too late: nothing was requested, and the next one may be sooner. */
export const tooFar = (waitedMs: number): Asked<never> =>
  asked<never>({ ok: false, reason: "rate-limited", detail: "its next turn is too far away" }, { tries: 0, waitedMs });
