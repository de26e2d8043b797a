import { database } from "#db/database.ts";
import { deleteAttachment, getAttachment } from "#db/queries/attachments.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

const missing = () => new AppError("not-found", "There is no such file.");

/** A file somebody uploaded may be a page with scripts: it is only ever saved, never shown under this server's name. */
export const GET = route<{ attachmentId: string }>(async ({ viewer, params }) => {
  const file = await getAttachment(database(), viewer, params.attachmentId);
  if (!file) throw missing();
  const headers = {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, percentEncoded)}`,
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
  };
  return new Response(new Uint8Array(file.bytes), { headers });
});

export const DELETE = route<{ attachmentId: string }>(async ({ viewer, params }) => {
  const result = await deleteAttachment(database(), viewer, params.attachmentId);
  if (result === "missing") throw missing();
  if (result === "in-use") throw new AppError("conflict", "A question was asked with this file. It is deleted together with its session.");
  return new Response(null, { status: 204 });
});

/** RFC 8187 leaves these four out of what may stand for itself; encodeURIComponent does not. */
const percentEncoded = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
