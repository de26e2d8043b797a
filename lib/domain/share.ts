import { z } from "zod";

/** What a link opens: the report with the passages it cites, the whole stored copies as well, and how it was researched as well. */
export const shareScopeSchema = z.enum(["report", "sources", "trace"]);
export type ShareScope = z.infer<typeof shareScopeSchema>;

/** Days a link opens where nobody says otherwise, and at most. */
export const shareDays = { usual: 30, most: 366 };

/** A revocable link to one version of a report. Its token is told once, when it is made; only its hash is stored. */
export const shareSchema = z.object({
  id: z.string(),
  reportId: z.string(),
  /** Of the report. */
  question: z.string(),
  version: z.number().int().positive(),
  scope: shareScopeSchema,
  /** Whether search engines may list the page. */
  indexable: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  views: z.number().int().nonnegative(),
  lastViewedAt: z.string().nullable(),
});
export type Share = z.infer<typeof shareSchema>;

export type ShareState = "open" | "expired" | "revoked";

export function shareState({ expiresAt, revokedAt }: Pick<Share, "expiresAt" | "revokedAt">, now: Date): ShareState {
  if (revokedAt !== null) return "revoked";
  return Date.parse(expiresAt) <= now.getTime() ? "expired" : "open";
}

/** Whether a link of this scope opens what belongs to `part`. */
export const opens = (scope: ShareScope, part: ShareScope): boolean =>
  shareScopeSchema.options.indexOf(scope) >= shareScopeSchema.options.indexOf(part);
