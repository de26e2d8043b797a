import { z } from "zod";
import { shareDays, shareScopeSchema } from "#lib/domain/share.ts";

const day = 24 * 3_600_000;

/** What is asked of a new link. One that says nothing of its end ends after the usual time; none is for ever. */
export const shareRequestSchema = z.object({
  scope: shareScopeSchema.default("report"),
  expiresAt: z.iso
    .datetime({ offset: true, error: "is not a time such as 2026-12-24T12:00:00Z" })
    .transform((text) => new Date(text))
    .refine((at) => at.getTime() > Date.now(), { error: "is in the past" })
    .refine((at) => at.getTime() <= Date.now() + shareDays.most * day, { error: `is more than ${shareDays.most} days from now` })
    .default(() => new Date(Date.now() + shareDays.usual * day)),
  indexable: z.boolean().default(false),
});

/** Which page of the list of links is asked for. */
export const shareListingSchema = z.object({
  reportId: z.uuid("is not the id of a report").optional(),
  cursor: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "is not the next of a page before")
    .refine((cursor) => !Number.isNaN(Date.parse(cursor.split("_", 1)[0] ?? "")), "is not the next of a page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
