import { readDocument } from "#lib/tools/reader/read-document.ts";
import { fileFailure } from "./file-failure.ts";
import type { TextKind } from "./file-kind.ts";
import type { FileAnswer } from "./file-text.ts";
import { identifyFile } from "./identify-file.ts";
import { type Packing, unpack } from "./unpack.ts";
import { withText } from "./with-text.ts";

export interface FileJob {
  name: string;
  bytes: Uint8Array;
  /** How the bytes are packed, when they are a member of an archive. */
  packing?: Packing;
}

const contentTypes: Record<Exclude<TextKind, "csv" | "tsv">, string> = {
  html: "text/html",
  markdown: "text/markdown",
  json: "application/json",
  jsonl: "text/plain",
  text: "text/plain",
};

/**
 * The text of a file of any kind we can read, archives excepted. Runs in the file child: third-party files are parsed nowhere else. A
 * parser is loaded when the first file needs it; officeparser alone takes 0.3 s.
 */
export async function textOfFile({ name, bytes: given, packing }: FileJob): Promise<FileAnswer> {
  const bytes = packing ? unpack(given, packing) : given;
  if (bytes === null) return fileFailure("damaged", "it could not be unpacked");
  const identified = await identifyFile(name, bytes);
  if (!identified.ok) return identified;
  switch (identified.kind) {
    case "zip":
      return fileFailure("unsupported-type", "it is an archive within an archive, which is not opened");
    case "pdf":
      return withText(await (await import("./pdf/read-pdf.ts")).readPdf(bytes));
    case "xlsx":
      return withText(await (await import("./xlsx/read-xlsx.ts")).readXlsx(bytes));
    case "csv":
    case "tsv":
      return withText((await import("./csv/read-csv.ts")).readCsv(bytes, identified.kind));
    case "html":
    case "markdown":
    case "json":
    case "jsonl":
    case "text":
      return readDocument({
        bytes,
        contentType: contentTypes[identified.kind],
        url: `attachment:///${encodeURIComponent(name)}`,
        simply: false,
      });
    default:
      return withText(await (await import("./office/read-office.ts")).readOffice(bytes, identified.kind));
  }
}
