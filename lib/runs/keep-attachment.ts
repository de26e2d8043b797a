import { hash } from "node:crypto";
import type { Database } from "#db/client.ts";
import { deleteForgotten, insertAttachment } from "#db/queries/attachments.ts";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { safeFileName } from "#lib/std/safe-file-name.ts";
import { describeFile } from "#lib/tools/files/describe-file.ts";

/** Stores an upload that the tools can read. What it is, its bytes say, whatever its name or the browser claims. */
export async function keepAttachment(db: Database, viewer: Viewer, upload: { name: string; bytes: Uint8Array }): Promise<AttachmentRef> {
  const { bytes } = upload;
  const name = safeFileName(upload.name);
  const described = await describeFile(name, bytes);
  if (!described.ok) throw new AppError("unprocessable", sentence(described.detail), { field: "file" });
  await deleteForgotten(db, viewer);
  return insertAttachment(db, viewer, { name, type: described.type, hash: hash("sha256", bytes), bytes });
}

const sentence = (clause: string) => `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`;
