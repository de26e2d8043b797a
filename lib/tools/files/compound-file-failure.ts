import { type FileFailure, fileFailure } from "./file-failure.ts";

const contents: [streamName: string, failure: FileFailure][] = [
  ["EncryptedPackage", fileFailure("encrypted", "it needs a password; save it without one")],
  ["WordDocument", fileFailure("unsupported-type", "it is a Word document of before 2007 (doc); save it as docx or PDF")],
  ["Workbook", fileFailure("unsupported-type", "it is an Excel workbook of before 2007 (xls); save it as xlsx or CSV")],
  ["PowerPoint Document", fileFailure("unsupported-type", "it is a presentation of before 2007 (ppt); save it as pptx or PDF")],
  ["__substg1.0_", fileFailure("unsupported-type", "it is an Outlook message (msg); save it as text, HTML or PDF")],
];

/** What a file in Microsoft's container of before 2007 is. Its parts are named in UTF-16; none of them is read. */
export function compoundFileFailure(bytes: Buffer): FileFailure {
  const found = contents.find(([name]) => bytes.includes(Buffer.from(name, "utf16le")));
  return found?.[1] ?? fileFailure("unsupported-type", "it is an Office file of before 2007; save it as docx, xlsx, pptx or PDF");
}
