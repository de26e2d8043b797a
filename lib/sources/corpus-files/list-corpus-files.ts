import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

export interface CorpusFile {
  /** Relative to the folder, with forward slashes. */
  path: string;
  absolute: string;
  size: number;
  modifiedMs: number;
}

export interface CorpusListing {
  files: CorpusFile[];
  /** Entries that had to be left out, by path. */
  refused: { path: string; problem: string }[];
}

export const corpusExtensions = new Set([".md", ".txt", ".html", ".jsonl"]);

/**
 * The files of the folder that can be loaded, in a stable order, hidden ones excepted. A link is followed only to a file inside the
 * folder: what the operator did not put there is not published by it. Throws when the folder itself cannot be read.
 */
export async function listCorpusFiles(dir: string): Promise<CorpusListing> {
  const root = await realpath(dir);
  const listing: CorpusListing = { files: [], refused: [] };
  await walk(root, root, listing);
  listing.files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return listing;
}

async function walk(root: string, folder: string, listing: CorpusListing): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const absolute = join(folder, entry.name);
    const path = relative(root, absolute).split(sep).join("/");
    try {
      if (entry.isDirectory()) await walk(root, absolute, listing);
      else if (corpusExtensions.has(extname(entry.name).toLowerCase())) await addFile(root, { path, absolute }, listing);
    } catch (error) {
      listing.refused.push({ path, problem: `cannot be read (${errorCode(error)})` });
    }
  }
}

async function addFile(root: string, file: { path: string; absolute: string }, listing: CorpusListing): Promise<void> {
  const target = await realpath(file.absolute);
  if (!target.startsWith(root + sep)) {
    listing.refused.push({ path: file.path, problem: "is a link that leads out of the folder" });
    return;
  }
  const facts: Stats = await stat(target);
  if (facts.isFile()) listing.files.push({ ...file, size: facts.size, modifiedMs: facts.mtimeMs });
}

const errorCode = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error));
