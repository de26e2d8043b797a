import type { ZipFile } from "yauzl";
import { type FileFailure, fileFailure } from "./file-failure.ts";
import { type FileKind, readableKinds } from "./file-kind.ts";
import { listZip, type ZipMember } from "./list-zip.ts";

const openDocument = "application/vnd.oasis.opendocument.";
const byMimetype: [start: string, kind: FileKind][] = [
  [`${openDocument}text`, "odt"],
  [`${openDocument}spreadsheet`, "ods"],
  [`${openDocument}presentation`, "odp"],
  ["application/epub+zip", "epub"],
];
const unsupported: [member: RegExp, words: string][] = [
  [/^META-INF\/manifest\.xml$/, "it is an OpenDocument file of a kind that is not read, such as a drawing; save it as PDF"],
  [/^xl\/workbook\.bin$/, "it is a binary Excel workbook (xlsb); save it as xlsx"],
  [/^Index\/(Document|Presentation|Tables\/)|^Index\.zip$/, "it is a Pages, Numbers or Keynote file; export it as PDF, docx, xlsx or pptx"],
  [/^(AndroidManifest\.xml|classes\.dex|META-INF\/MANIFEST\.MF)$/, `it is a program; ${readableKinds}`],
];

/** Which document a ZIP container is, by its member list alone; an archive when it is none. */
export async function zipKind(bytes: Buffer): Promise<{ ok: true; kind: FileKind } | FileFailure> {
  const listed = await listZip(bytes);
  if (!listed.ok) return listed;
  const { members } = listed;
  if (members.length === 0) return fileFailure("unreadable-page", "the archive is empty");
  const kind = (await kindByMimetype(bytes, listed.zip, members[0])) ?? kindByParts(members);
  if (kind ? members.some((member) => member.encrypted) : members.every((member) => member.encrypted)) {
    return fileFailure("encrypted", "it needs a password; save it without one");
  }
  if (kind === "epub" && members.some(({ name }) => name === "META-INF/rights.xml" || name === "META-INF/sinf.xml")) {
    return fileFailure("encrypted", "the book is locked to its shop");
  }
  if (kind) return { ok: true, kind };
  const refused = unsupported.find(([part]) => members.some(({ name }) => part.test(name)));
  return refused ? fileFailure("unsupported-type", refused[1]) : { ok: true, kind: "zip" };
}

/** OpenDocument and EPUB name themselves in a first member, stored as it is. */
async function kindByMimetype(bytes: Buffer, zip: ZipFile, first: ZipMember | undefined): Promise<FileKind | null> {
  if (first?.name !== "mimetype" || first.entry.compressionMethod !== 0 || first.encrypted || first.bytes > 100) return null;
  const start = await zip.readLocalFileHeaderPromise(first.entry, { minimal: true }).catch(() => null);
  if (!start) return null;
  const mimetype = bytes.toString("latin1", start.fileDataStart, start.fileDataStart + first.bytes).trim();
  return byMimetype.find(([beginning]) => mimetype.startsWith(beginning))?.[1] ?? null;
}

function kindByParts(members: ZipMember[]): FileKind | null {
  const has = (part: RegExp) => members.some(({ name }) => part.test(name));
  if (has(/^\[Content_Types\]\.xml$/)) {
    if (has(/^word\/document\d*\.xml$/)) return "docx";
    if (has(/^ppt\/presentation\.xml$/)) return "pptx";
    if (has(/^xl\/workbook\.xml$/)) return "xlsx";
  }
  return has(/^META-INF\/container\.xml$/) && has(/\.opf$/) ? "epub" : null;
}
