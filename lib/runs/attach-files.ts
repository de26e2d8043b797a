import type { TransactionSql } from "postgres";
import { earlierAttachments, type HashedRef, lockAttachments, nameAttachments } from "#db/queries/attachments.ts";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import { maxAttachments, maxAttachmentsBytes } from "#lib/domain/attachment-limits.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { byteSize } from "#lib/std/byte-size.ts";
import { withDistinctNames } from "./with-distinct-names.ts";

/**
 * Records which files came with a question, and gives all that its run may read: these, then those of earlier questions of the session, because
 * who uploaded a file expects it to stay. Beyond twenty files or 60 MB the ones longest ago are left out.
 */
export async function attachFiles(sql: TransactionSql, viewer: Viewer, runId: string, ids: readonly string[]): Promise<AttachmentRef[]> {
  const own = await lockAttachments(sql, viewer, ids);
  if (own.length < ids.length) throw refused("a file is not here any more, or never was. Upload it again.");
  const bytes = own.reduce((sum, file) => sum + file.size, 0);
  if (bytes > maxAttachmentsBytes)
    throw refused(
      `together the files have ${byteSize(bytes)}; ${byteSize(maxAttachmentsBytes)} is the most for one question. Leave some out.`,
    );
  await nameAttachments(
    sql,
    runId,
    own.map((file) => file.id),
  );
  const all = withinLimits(withoutCopies([...own, ...(await earlierAttachments(sql, runId))]));
  return withDistinctNames(all.map(({ hash: _, ...file }) => file));
}

const refused = (words: string) => new AppError("unprocessable", `attachments: ${words}`, { field: "attachments" });

/** The same file may have been attached to several questions, or uploaded twice: the first stays. */
const withoutCopies = (files: readonly HashedRef[]): HashedRef[] =>
  files.filter((file, index) => files.findIndex((other) => other.hash === file.hash && other.name === file.name) === index);

function withinLimits(files: readonly HashedRef[]): HashedRef[] {
  let bytes = 0;
  return files.slice(0, maxAttachments).filter((file) => {
    const fits = bytes + file.size <= maxAttachmentsBytes;
    if (fits) bytes += file.size;
    return fits;
  });
}
