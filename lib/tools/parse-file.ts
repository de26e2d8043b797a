import PQueue from "p-queue";
import { z } from "zod";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import type { FilesDetails } from "#lib/domain/tool-details.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { fairShares } from "./files/fair-shares.ts";
import { fileFailure } from "./files/file-failure.ts";
import type { FileAnswer } from "./files/file-text.ts";
import { firstTokens, maxCharactersOfToken } from "./files/first-tokens.ts";
import { matchAttachment } from "./files/match-attachment.ts";
import { readFile } from "./files/read-file.ts";
import { instructionsIn } from "./instructions-in.ts";
import type { PageRead, Tool, ToolContext, ToolReturn } from "./tool.ts";

const maxFiles = 20;
/** As many as there are children to read them; what waits is not in memory yet. */
const atOnce = 2;
/** Upstream's limit for all files of a call. */
const shownTokens = 58_000;

const fileName = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.string().min(1));
export const parseFileArguments = z
  .object({ files: z.union([fileName.transform((name) => [name]), z.array(fileName)]) })
  .transform(({ files }) => ({ files: [...new Set(files)].slice(0, maxFiles) }))
  .refine(({ files }) => files.length > 0, { error: "files must name at least one file", path: ["files"] });

/** A name of the call with the file it means and what reading that came to. */
interface ParsedFile {
  name: string;
  attachment: AttachmentRef | null;
  answer: FileAnswer;
  durationMs: number;
}

/**
 * The `parse_file` tool: gives the model the text of files that were uploaded with the question, and keeps each as a source that reports
 * can cite. Names are looked up among the uploaded files only; the file system is never touched.
 */
export function parseFileTool(): Tool<z.infer<typeof parseFileArguments>> {
  return {
    name: "parse_file",
    description:
      "This is a tool that can be used to parse multiple user uploaded local files such as PDF, DOCX, PPTX, TXT, CSV, XLSX, DOC, ZIP, MP4, MP3.",
    parameters: {
      type: "object",
      properties: {
        files: {
          type: "array",
          items: { type: "string" },
          description: "The file name of the user uploaded local files to be parsed.",
        },
      },
      required: ["files"],
    },
    schema: parseFileArguments,
    async run({ files }, context): Promise<ToolReturn> {
      const queue = new PQueue({ concurrency: atOnce });
      const parsed = await Promise.all(namedOnce(files, context.attachments).map((each) => queue.add(() => parse(each, context))));
      context.signal.throwIfAborted();
      return toReturn(parsed, context);
    },
  };
}

type NamedFile = Pick<ParsedFile, "name" | "attachment">;

/** Two names that mean the same file are one. */
function namedOnce(names: string[], attachments: readonly AttachmentRef[]): NamedFile[] {
  const seen = new Set<AttachmentRef>();
  return names.flatMap((name) => {
    const attachment = matchAttachment(name, attachments);
    if (attachment && seen.has(attachment)) return [];
    if (attachment) seen.add(attachment);
    return [{ name: attachment?.name ?? name, attachment }];
  });
}

async function parse({ name, attachment }: NamedFile, context: ToolContext): Promise<ParsedFile> {
  const began = performance.now();
  const answer = attachment ? await read(attachment, context) : fileFailure("not-found", notFound(context.attachments));
  return { name, attachment, answer, durationMs: Math.round(performance.now() - began) };
}

async function read(attachment: AttachmentRef, context: ToolContext): Promise<FileAnswer> {
  context.signal.throwIfAborted();
  const bytes = await context.bytesOf(attachment);
  return bytes ? await readFile(attachment.name, bytes, context.signal) : fileFailure("not-found", "it was deleted");
}

function notFound(attachments: readonly AttachmentRef[]): string {
  if (attachments.length === 0) return "no files were uploaded";
  return `there is no uploaded file of that name; the files are: ${attachments.map(({ name }) => name).join(", ")}`;
}

/** Sources are stored one after the other, in the order asked, so that their numbers do not depend on which file was read first. */
async function toReturn(parsed: ParsedFile[], context: ToolContext): Promise<ToolReturn> {
  const shares = fairShares(
    parsed.map(({ answer }) => (answer.ok ? roughTokens(answer.text.slice(0, shownTokens * maxCharactersOfToken + 1)) : 0)),
    shownTokens,
  );
  const files: FilesDetails["files"] = [];
  const sources: ToolReturn["sources"] = [];
  const texts: string[] = [];
  for (const [index, { name, attachment, answer, durationMs }] of parsed.entries()) {
    const shared = { name, ...(attachment && { type: attachment.type }), durationMs };
    if (!answer.ok || !attachment) {
      const { reason, detail } = answer.ok ? fileFailure("not-found", notFound(context.attachments)) : answer;
      files.push({ ...shared, failure: reason, detail });
      texts.push(`# File: ${name}\nThe file could not be read: ${detail}.`);
      continue;
    }
    const source = await context.keepSource(toPage(attachment, answer.title, answer.text));
    sources.push(source);
    const shown = firstTokens(answer.text, shares[index] ?? 0);
    files.push({
      ...shared,
      ...(answer.extent && { extent: answer.extent }),
      sourceId: source.id,
      characters: answer.text.length,
      ...(shown.length < answer.text.length && { shownCharacters: shown.length }),
    });
    texts.push(`# File: ${name}\n${shown}${leftOut(answer.text.length, shown.length, parsed.length)}`);
  }
  const text = texts.join("\n\n");
  const failed = files.find(({ failure }) => failure)?.failure;
  return {
    outcome: sources.length > 0 || !failed ? { kind: "ok", text } : { kind: "failed", reason: failed, text },
    details: { kind: "files", files },
    provider: null,
    attempts: [],
    cacheHit: false,
    sources,
    flags: parsed.flatMap(({ name, answer }) => (answer.ok ? instructionsIn(answer.text, name) : [])),
  };
}

function toPage({ id, name }: AttachmentRef, title: string, text: string): PageRead {
  const url = `attachment:///${id}/${encodeURIComponent(name)}`;
  return { requestedUrl: url, url, title: title || name, site: "your file", text, status: 200, fetchedAt: new Date().toISOString() };
}

function leftOut(characters: number, shown: number, files: number): string {
  if (shown === characters) return "";
  const count = (number: number) => number.toLocaleString("en");
  const more = files > 1 ? " Parse this file alone to see more of it." : "";
  return `\n\n[The file goes on: its first ${count(shown)} characters are shown, ${count(characters - shown)} are left out.${more}]`;
}
