import { promisify } from "node:util";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { fileNames } from "./bundle-format.ts";

/** A run reads at most a few hundred pages of up to 1 MB of text; a bundle beyond this is no bundle. */
const most = { files: 4000, fileBytes: 40_000_000, allBytes: 250_000_000 };

export type Unzipped = { ok: true; files: Map<string, Buffer> } | { ok: false; problem: string };

/** The files of a ZIP that are a bundle's, in memory. Nothing is written anywhere; names, numbers and sizes are limited before anything is unpacked. */
export async function unzip(bytes: Uint8Array): Promise<Unzipped> {
  try {
    const open = promisify((buffer: Buffer, done: (error: Error | null, zip?: ZipFile) => void) =>
      yauzl.fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true }, done),
    );
    const zip = await open(Buffer.from(bytes));
    return zip ? await read(zip) : { ok: false, problem: "It is no ZIP file." };
  } catch (error) {
    return { ok: false, problem: `It is no ZIP file that can be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

async function read(zip: ZipFile): Promise<Unzipped> {
  if (zip.entryCount > most.files) return { ok: false, problem: `It holds ${zip.entryCount} files; a bundle has at most ${most.files}.` };
  const files = new Map<string, Buffer>();
  let bytes = 0;
  for await (const entry of entriesOf(zip)) {
    const name = entry.fileName;
    if (!fileNames.test(name))
      return { ok: false, problem: `It holds ${JSON.stringify(name.slice(0, 100))}, which is no part of a bundle.` };
    if (files.has(name)) return { ok: false, problem: `It holds ${name} twice.` };
    bytes += entry.uncompressedSize;
    if (entry.uncompressedSize > most.fileBytes || bytes > most.allBytes) return { ok: false, problem: `${name} is too large.` };
    files.set(name, await contentOf(zip, entry));
  }
  return { ok: true, files };
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip
        .once("entry", resolve)
        .once("end", () => resolve(null))
        .once("error", reject);
      zip.readEntry();
    });
    zip.removeAllListeners();
    if (!entry) return;
    yield entry;
  }
}

/** yauzl ends a stream that turns out longer than its entry said. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
