import { readFile } from "node:fs/promises";
import { z } from "zod";
import { decodeText } from "./decode-text.ts";
import { jsonlLines } from "./jsonl-lines.ts";
import type { CorpusFile } from "./list-corpus-files.ts";
import { plainDocument } from "./plain-document.ts";

export type CorpusItem =
  | { kind: "document"; line: number; url: string; title: string; text: string }
  | { kind: "problem"; line: number | null; problem: string };

/** A file that is one document is read whole, so it must fit in memory several times. */
const largestPlainFile = 64 * 1024 * 1024;
/** A longer text is cut: its stored copy has to reach a browser. */
const longestText = 4_000_000;

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  title: z.string().optional(),
  url: z.string().min(1).optional(),
  text: z.string().min(1, "is empty"),
});

/** What a file of the corpus holds: its documents in order, and each thing that is none. Never throws; what cannot be read is a problem. */
export async function* readCorpusFile(file: CorpusFile): AsyncGenerator<CorpusItem> {
  try {
    if (/\.jsonl$/i.test(file.path)) yield* readJsonl(file);
    else yield* readPlain(file);
  } catch (error) {
    yield { kind: "problem", line: null, problem: `cannot be read (${error instanceof Error ? error.message : String(error)})` };
  }
}

async function* readPlain(file: CorpusFile): AsyncGenerator<CorpusItem> {
  if (file.size > largestPlainFile) {
    yield { kind: "problem", line: null, problem: `is larger than ${largestPlainFile / 1024 / 1024} MB` };
    return;
  }
  const decoded = decodeText(await readFile(file.absolute));
  if (!decoded.ok) {
    yield { kind: "problem", line: decoded.line, problem: decoded.problem };
    return;
  }
  const document = plainDocument(file.path, decoded.text);
  if (document.text.trim() === "") yield { kind: "problem", line: null, problem: "has no text" };
  else yield* documentOf({ ...document, url: document.url ?? corpusUrl(file.path), line: 1 });
}

async function* readJsonl(file: CorpusFile): AsyncGenerator<CorpusItem> {
  for await (const item of jsonlLines(file.absolute)) {
    if ("tooLong" in item) {
      yield { kind: "problem", line: item.line, problem: "is longer than 16 MB" };
      continue;
    }
    const decoded = decodeText(item.bytes);
    if (!decoded.ok) {
      yield { kind: "problem", line: item.line, problem: decoded.problem };
      continue;
    }
    if (decoded.text.trim() !== "") yield* documentOfLine(file, decoded.text, item.line);
  }
}

function* documentOfLine(file: CorpusFile, json: string, line: number): Generator<CorpusItem> {
  const parsed = lineSchema.safeParse(parseJson(json));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join(".");
    yield { kind: "problem", line, problem: field ? `"${field}": ${issue?.message}` : "is not a JSON object" };
    return;
  }
  const { id, title, url, text } = parsed.data;
  const address = withoutNul(url ?? `${corpusUrl(file.path)}#${encodeURIComponent(String(id ?? line))}`);
  yield* documentOf({ line, url: address, title: title?.trim() || String(id ?? `${file.path}, line ${line}`), text });
}

function* documentOf(document: { line: number; url: string; title: string; text: string }): Generator<CorpusItem> {
  const text = withoutNul(document.text);
  if (text.length > longestText) {
    yield { kind: "problem", line: document.line, problem: `beyond the first ${longestText} of its ${text.length} characters` };
  }
  const title = withoutNul(document.title).replace(/\s+/g, " ").slice(0, 500);
  yield { kind: "document", line: document.line, url: document.url, title, text: text.slice(0, longestText).toWellFormed() };
}

const corpusUrl = (path: string) => `corpus://${path.split("/").map(encodeURIComponent).join("/")}`;

/** Postgres has no NUL in its texts; a lone surrogate has no UTF-8. */
const withoutNul = (text: string) => text.replaceAll("\0", "").toWellFormed();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
