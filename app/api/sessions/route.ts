import { z } from "zod";
import { database } from "#db/database.ts";
import { createSession, listSessions } from "#db/queries/sessions.ts";
import { titleSchema } from "#lib/domain/session.ts";
import { bodyOf, queryOf, route } from "#lib/web/route.ts";

const listing = z.object({
  q: z.string().max(500).optional(),
  cursor: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "is not the next of a page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export const GET = route(async ({ request, viewer }) => {
  const { q, cursor, limit } = queryOf(request, listing);
  return Response.json(await listSessions(database(), viewer, { ...(q && { q }), ...(cursor && { cursor }), ...(limit && { limit }) }));
});

export const POST = route(async ({ request, viewer }) => {
  const { title } = await bodyOf(request, z.object({ title: titleSchema.or(z.literal("")).default("") }));
  return Response.json({ session: await createSession(database(), viewer, title) }, { status: 201 });
});
