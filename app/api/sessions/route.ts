import { z } from "zod";
import { database } from "#db/database.ts";
import { createSession, listSessions } from "#db/queries/sessions.ts";
import { titleSchema } from "#lib/domain/session.ts";
import { bodyOf, queryOf, route } from "#lib/web/route.ts";

const listing = z.object({
  q: z.string().max(500).optional(),
  cursor: z.string().max(100).optional(),
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
