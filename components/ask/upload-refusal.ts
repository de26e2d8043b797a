import { maxAttachmentBytes, maxAttachments, maxAttachmentsBytes } from "#lib/domain/attachment-limits.ts";
import { byteSize } from "#lib/std/byte-size.ts";

/** Files that are attached already: how many, and their bytes together. */
export interface Load {
  count: number;
  bytes: number;
}

/** Why a file need not be sent to the server, which would refuse it; null when it may be. */
export function uploadRefusal(size: number, before: Load): string | null {
  if (size > maxAttachmentBytes)
    return `The file has ${byteSize(size)}, the limit is ${byteSize(maxAttachmentBytes)}. Attach the part of it that the question is about.`;
  if (before.count >= maxAttachments) return `A question takes ${maxAttachments} files. Remove one to attach this.`;
  if (before.bytes + size > maxAttachmentsBytes)
    return `The files of a question may have ${byteSize(maxAttachmentsBytes)} together. Remove one to attach this.`;
  return null;
}
