import { z } from "zod";
import { database } from "#db/database.ts";
import { deleteSession, getSession, renameSession } from "#db/queries/sessions.ts";
import { titleSchema } from "#lib/domain/session.ts";
import { AppError } from "#lib/std/app-error.ts";
import { bodyOf, route } from "#lib/web/route.ts";

const missing = () => new AppError("not-found", "There is no such session.");

export const GET = route<{ sessionId: string }>(async ({ viewer, params }) => {
  const session = await getSession(database(), viewer, params.sessionId);
  if (!session) throw missing();
  return Response.json({ session });
});

export const PATCH = route<{ sessionId: string }>(async ({ request, viewer, params }) => {
  const { title } = await bodyOf(request, z.object({ title: titleSchema }));
  const session = await renameSession(database(), viewer, params.sessionId, title);
  if (!session) throw missing();
  return Response.json({ session });
});

export const DELETE = route<{ sessionId: string }>(async ({ viewer, params }) => {
  if (!(await deleteSession(database(), viewer, params.sessionId))) throw missing();
  return new Response(null, { status: 204 });
});
