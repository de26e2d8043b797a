import type { ReservedSql, Sql } from "postgres";
import {
  addCorpusDocuments,
  type CorpusFileRow,
  type CorpusProblem,
  type CorpusRow,
  loadedCorpusFiles,
  removeCorpusFiles,
  settleCorpus,
  withCorpusLock,
} from "#db/queries/corpus.ts";
import { searchTokens } from "#lib/std/search-tokens.ts";
import { toTsvector } from "#lib/std/to-tsvector.ts";
import { type CorpusFile, listCorpusFiles } from "./corpus-files/list-corpus-files.ts";
import { type CorpusItem, readCorpusFile } from "./corpus-files/read-corpus-file.ts";

export interface CorpusLoad {
  files: number;
  loaded: number;
  removed: number;
  documents: number;
  problems: number;
}

/** Raised whenever the tokens or the reading of files change, so that everything is loaded again. */
const format = 1;
const batchDocuments = 5_000;
const batchCharacters = 8_000_000;
/** A file of nothing but broken lines must not fill the log; the rest are counted. */
const mostProblems = 50;

/**
 * Brings the stored corpus level with a folder: new and changed files are loaded, removed ones go, the others are not even opened.
 * Any number of processes may call it at once. What cannot be loaded is left out and named, with its line, in the log and in
 * `corpus_files.problems`. Throws only when the folder or the database cannot be used at all.
 */
export async function loadCorpus(sql: Sql, dir: string, log: (message: string) => void): Promise<CorpusLoad> {
  const { files, refused } = await listCorpusFiles(dir);
  for (const { path, problem } of refused) log(`Corpus: ${path} ${problem}; left out`);
  return withCorpusLock(sql, async (connection) => {
    const known = await loadedCorpusFiles(connection);
    const present = new Set(files.map((file) => file.path));
    const removed = [...known.keys()].filter((path) => !present.has(path));
    const changed = files.filter((file) => known.get(file.path) !== fingerprint(file));
    await removeCorpusFiles(connection, [...removed, ...changed.filter((file) => known.has(file.path)).map((file) => file.path)]);
    const result = await loadFiles(connection, changed, log);
    if (removed.length + changed.length > 0) await settleCorpus(connection);
    return { files: files.length, loaded: changed.length, removed: removed.length, ...result };
  });
}

type Part = CorpusFileRow & { rows: CorpusRow[] };

/** Documents on their way to the database: whole files, and a part of one that is too large for a batch. */
interface Batch {
  parts: Part[];
  documents: number;
  characters: number;
}

async function loadFiles(connection: ReservedSql, files: CorpusFile[], log: (message: string) => void) {
  const total = { documents: 0, problems: 0 };
  let batch: Batch = { parts: [], documents: 0, characters: 0 };
  for (const file of files) {
    const problems: CorpusProblem[] = [];
    let part = partOf(batch, file);
    for await (const item of readCorpusFile(file)) {
      if (item.kind === "problem") {
        total.problems++;
        if (problems.length < mostProblems) {
          problems.push({ line: item.line, problem: item.problem });
          log(`Corpus: ${file.path}${item.line === null ? "" : `, line ${item.line}`} ${item.problem}; left out`);
        }
        continue;
      }
      total.documents++;
      addTo(batch, part, item);
      if (batch.documents < batchDocuments && batch.characters < batchCharacters) continue;
      await addCorpusDocuments(connection, batch.parts);
      batch = { parts: [], documents: 0, characters: 0 };
      part = partOf(batch, file);
    }
    // Only now: a file that was cut off here has an empty fingerprint and is loaded again.
    Object.assign(part, { fingerprint: fingerprint(file), problems });
  }
  await addCorpusDocuments(connection, batch.parts);
  return total;
}

function partOf(batch: Batch, file: CorpusFile): Part {
  const part = { path: file.path, fingerprint: "", problems: [], rows: [] };
  batch.parts.push(part);
  return part;
}

function addTo(batch: Batch, part: Part, { line, url, title, text }: Extract<CorpusItem, { kind: "document" }>): void {
  const tokens = searchTokens(`${title}\n${text}`);
  part.rows.push({ line, url, title, text, length: tokens.length, search: toTsvector(tokens) });
  batch.documents++;
  batch.characters += text.length;
}

const fingerprint = (file: CorpusFile) => `${format} ${file.size} ${file.modifiedMs}`;
