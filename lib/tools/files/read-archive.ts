import { megabytes } from "#lib/tools/fetch/megabytes.ts";
import { archiveText, type ReadMember } from "./archive-text.ts";
import { fileFailure } from "./file-failure.ts";
import { fileLimits } from "./file-limits.ts";
import type { FileAnswer } from "./file-text.ts";
import { listZip, type ZipMember } from "./list-zip.ts";
import { readInChild } from "./read-in-child.ts";
import { packedMember } from "./unpack.ts";

/** Milliseconds for all members together. */
const deadlineMs = 60_000;
/** Members that turn out to be no documents are tried so often; an archive of pictures is not worked through. */
const tries = 100;
/** What systems put into archives beside what people did. */
const litter = /(^|\/)(__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)/;
/** Names say nothing sure about files, but it is a good guess which to try first. */
const likelyDocument = /\.(pdf|docx|pptx|xlsx|od[tsp]|epub|rtf|csv|tsv|html?|md|txt|jsonl?)$/i;

/**
 * An archive as one text: the list of what is in it, then the members that can be read. Each is unpacked and read in a child, so that
 * one bad member costs only itself. Names are labels here and never paths.
 */
export async function readArchive(bytes: Uint8Array, signal: AbortSignal): Promise<FileAnswer> {
  const container = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = await listZip(container);
  if (!listed.ok) return listed;
  const members = listed.members.filter(({ name }) => !litter.test(name));
  const overdue = AbortSignal.timeout(deadlineMs);
  const until = AbortSignal.any([signal, overdue]);
  const tried: ReadMember[] = [];
  let read = 0;
  for (const member of likelyFirst(members).slice(0, tries)) {
    if (read === fileLimits.membersRead || until.aborted) break;
    const answer = await readMember(container, listed.zip, member, until);
    tried.push({ member, answer });
    if (answer.ok) read++;
  }
  if (signal.aborted) return fileFailure("cancelled", "stopped before it ended");
  return archiveText(members, tried);
}

const likelyFirst = (members: ZipMember[]) => {
  const likely = Map.groupBy(members, ({ name }) => likelyDocument.test(name));
  return [...(likely.get(true) ?? []), ...(likely.get(false) ?? [])];
};

async function readMember(
  container: Buffer,
  zip: Parameters<typeof packedMember>[1],
  member: ZipMember,
  until: AbortSignal,
): Promise<FileAnswer> {
  if (member.encrypted) return fileFailure("encrypted", "it needs a password");
  if (member.bytes > fileLimits.bytes)
    return fileFailure("too-large", `it has ${megabytes(member.bytes)}, the limit is ${megabytes(fileLimits.bytes)}`);
  const packed = await packedMember(container, zip, member);
  if (packed === null) return fileFailure("damaged", "it is not where the archive says");
  return await readInChild({ name: member.name, ...packed }, until);
}
