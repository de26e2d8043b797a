import { database } from "#db/database.ts";
import { maxAttachmentBytes } from "#lib/domain/attachment-limits.ts";
import { keepAttachment } from "#lib/runs/keep-attachment.ts";
import { route } from "#lib/web/route.ts";
import { uploadedFile } from "#lib/web/uploaded-file.ts";

export const POST = route(async ({ request, viewer }) => {
  const attachment = await keepAttachment(database(), viewer, await uploadedFile(request, "file", maxAttachmentBytes));
  return Response.json({ attachment }, { status: 201, headers: { location: `/api/attachments/${attachment.id}` } });
});
