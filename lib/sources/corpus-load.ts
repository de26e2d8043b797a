import type { ReservedSql, Sql } from "postgres";
import { addCorpusDocuments, type CorpusFileRow, type CorpusRow, loadedCorpusFiles, removeCorpusFiles, settleCorpus, withCorpusLock } from "#db/queries/corpus.ts";
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

async function loadFiles(connection: ReservedSql, files: CorpusFile[], log: (message: string) => void) {
  const total = { documents: 0, problems: refusedNone };
  let batch = emptyBatch();
  const flush = async () => {
    await addCorpusDocuments(connection, batch.files);
    batch = emptyBatch();
  };
  for (const file of files) {
    const row: CorpusFileRow = { path: file.path, fingerprint: "", problems: [] };
    let part: CorpusFileRow & { rows: CorpusRow[] } = { ...row, rows: [] };
    batch.files.push(part);
    for await (const item of readCorpusFile(file)) {
      if (item.kind === "problem") {
        total.problems++;
        if (row.problems.length < mostProblems) {
          row.problems.push({ line: item.line, problem: item.problem });
          log(`Corpus: ${file.path}${item.line === null ? "" : `, line ${item.line}`} ${item.problem}; left out`);
        }
        continue;
      }
      part.rows.push(corpusRow(item));
      total.documents++;
      batch.documents++;
      batch.characters += item.text.length;
      if (batch.documents >= batchDocuments || batch.characters >= batchCharacters) {
        await flush();
        part = { ...row, rows: [] };
        batch.files.push(part);
      }
    }
    part.fingerprint = fingerprint(file);
    part.problems = row.problems;
  }
  await flush();
  return total;
}

const refusedNone = 0;
const emptyBatch = () => ({ files: [] as (CorpusFileRow & { rows: CorpusRow[] })[], documents: 0, characters: 0 });

const fingerprint = (file: CorpusFile) => `${format} ${file.size} ${file.modifiedMs}`;

function corpusRow({ line, url, title, text }: Extract<CorpusItem, { kind: "document" }>): CorpusRow {
  const tokens = searchTokens(`${title}\n${text}`);
  return { line, url, title, text, length: tokens.length, search: toTsvector(tokens) };
}
