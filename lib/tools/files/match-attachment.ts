import type { AttachmentRef } from "#lib/domain/attachment.ts";

/**
 * The uploaded file a name means: exactly, else whatever its case, else by its last part when only one file fits, since models put
 * folders before names. A name is compared with names here and is never a path.
 */
export function matchAttachment(name: string, attachments: readonly AttachmentRef[]): AttachmentRef | null {
  const exact = attachments.find((each) => each.name === name);
  if (exact) return exact;
  return only(attachments, name) ?? only(attachments, lastPart(name));
}

function only(attachments: readonly AttachmentRef[], name: string): AttachmentRef | null {
  const wanted = comparable(name);
  const fitting = attachments.filter((each) => comparable(each.name) === wanted);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

const lastPart = (name: string) => name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
const comparable = (name: string) => name.normalize("NFC").trim().toLowerCase();
