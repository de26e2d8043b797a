import { z } from "zod";
import type { VisitDetails } from "#lib/domain/tool-details.ts";
import { siteOf } from "#lib/std/site-of.ts";
import type { Ahead } from "./ahead.ts";
import type { Extract } from "./extract.ts";
import { failureWords } from "./failure-words.ts";
import { instructionsIn } from "./instructions-in.ts";
import type { ChainAnswer } from "./policies/ask-in-turn.ts";
import { betweenAnswers, isStored } from "./queries.ts";
import type { Extraction } from "./read-extraction.ts";
import type { PageRead, Tool, ToolContext, ToolReturn } from "./tool.ts";

const maxUrls = 20;
/** Upstream's budget for one call. */
const defaultCallMs = 900_000;

const address = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.string().min(1));
export const visitArguments = z
  .object({ url: z.union([address.transform((url) => [url]), z.array(address)]), goal: z.string().default("") })
  .transform(({ url, goal }) => ({ urls: [...new Set(url)].slice(0, maxUrls), goal: goal.trim() }))
  .refine(({ urls }) => urls.length > 0, { error: "url must name at least one page", path: ["url"] });

export type PageAnswer = ChainAnswer<PageRead>;

interface VisitOptions {
  pages: Pick<Ahead<PageAnswer>, "begin" | "ask" | "enter">;
  /** How long a call may take in all. */
  callMs?: number;
  extract: Extract;
  /** Extracts when the summary model fails, so that a page that was read is never lost. */
  fallback: Extract;
}

interface Visited {
  url: string;
  read: PageAnswer;
  extraction: Extraction | null;
  detail?: string;
  durationMs: number;
}

/**
 * The `visit` tool: reads pages and extracts what bears on the goal. All pages of a call are read side by side; each that was read
 * becomes a source, numbered in the order of the addresses.
 */
export function visitTool(options: VisitOptions): Tool<z.infer<typeof visitArguments>> {
  return {
    name: "visit",
    description: "Visit webpage(s) and return the summary of the content.",
    parameters: {
      type: "object",
      properties: {
        url: {
          type: "array",
          items: { type: "string" },
          description: "The URL(s) of the webpage(s) to visit. Can be a single URL or an array of URLs.",
        },
        goal: { type: "string", description: "The goal of the visit for webpage(s)." },
      },
      required: ["url", "goal"],
    },
    schema: visitArguments,
    foresee(argument, value, { signal, mayVisit }) {
      const url = value.trim();
      if (argument !== "url" || url === "") return;
      // What fails here fails again, and is told, when the call is made.
      void mayVisit(url, { foreseen: true }).then(
        (allowed) => allowed && options.pages.begin(withScheme(url), signal),
        () => {},
      );
    },
    async run({ urls, goal }, context): Promise<ToolReturn> {
      const signal = AbortSignal.any([context.signal, AbortSignal.timeout(options.callMs ?? defaultCallMs)]);
      const leave = options.pages.enter();
      const visited = await Promise.all(
        urls.map(async (url) =>
          (await context.mayVisit(url)) ? await visitOne(url, goal, options, signal, context.signal) : notOpened(url),
        ),
      );
      leave();
      return toReturn(visited, goal, context);
    },
  };
}

const notOpened = (url: string): Visited => ({
  url,
  read: { answer: { ok: false, reason: "unknown-address", detail: "" }, provider: null, attempts: [], cacheHit: false },
  extraction: null,
  durationMs: 0,
});

async function visitOne(
  url: string,
  goal: string,
  { pages, extract, fallback }: VisitOptions,
  signal: AbortSignal,
  stopped: AbortSignal,
): Promise<Visited> {
  const began = performance.now();
  const elapsed = () => Math.round(performance.now() - began);
  const read = await readPage(pages, url, signal, stopped);
  if (!read.answer.ok) return { url, read, extraction: null, durationMs: elapsed() };
  const page = read.answer.value;
  const extracted = await withinCall(extract(page, goal, signal), signal, stopped);
  if (extracted.ok) return { url, read, extraction: extracted.extraction, durationMs: elapsed() };
  const instead = await fallback(page, goal, stopped);
  const detail = `Sentences were quoted instead: ${extracted.detail}`;
  return { url, read, extraction: instead.ok ? instead.extraction : null, detail, durationMs: elapsed() };
}

/** When the time of the call is used up the page has failed; when the run was stopped this throws. */
async function readPage(pages: VisitOptions["pages"], url: string, signal: AbortSignal, stopped: AbortSignal): Promise<PageAnswer> {
  try {
    const read = await pages.ask(withScheme(url), signal);
    stopped.throwIfAborted();
    return read;
  } catch (error) {
    stopped.throwIfAborted();
    if (!signal.aborted) throw error;
    const answer = { ok: false, reason: "timed-out", detail: "the time for this call is used up" } as const;
    return { answer, provider: null, attempts: [], cacheHit: false };
  }
}

/** When the time of the call is used up the extraction has failed; when the run was stopped this throws. */
async function withinCall(extracting: ReturnType<Extract>, signal: AbortSignal, stopped: AbortSignal): ReturnType<Extract> {
  try {
    return await extracting;
  } catch (error) {
    stopped.throwIfAborted();
    if (signal.aborted) return { ok: false, detail: "the time for this call is used up" };
    throw error;
  }
}

const withScheme = (url: string) => (/^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`);

/** Sources are stored one after the other, in the order asked, so that their numbers do not depend on which page answered first. */
async function toReturn(visited: Visited[], goal: string, context: ToolContext): Promise<ToolReturn> {
  const pages: VisitDetails["pages"] = [];
  const sources: ToolReturn["sources"] = [];
  const flags: NonNullable<ToolReturn["flags"]> = [];
  for (const visit of visited) {
    const { url, read, extraction, detail, durationMs } = visit;
    const shared = { url, site: siteOf(withScheme(url)), provider: read.provider, durationMs };
    if (!read.answer.ok) {
      pages.push({ ...shared, failure: read.answer.reason, ...(read.answer.detail && { detail: read.answer.detail }) });
      continue;
    }
    const source = await context.keepSource(read.answer.value);
    sources.push(source);
    flags.push(...instructionsIn(read.answer.value.text, url));
    pages.push({
      ...shared,
      finalUrl: source.url,
      title: source.title,
      site: source.site,
      sourceId: source.id,
      ...(detail && { detail }),
      ...extraction,
    });
  }
  const text = pages.map((page) => observationOf(page, goal)).join(betweenAnswers);
  const failed = pages.find((page) => page.failure)?.failure;
  return {
    outcome: sources.length > 0 || !failed ? { kind: "ok", text } : { kind: "failed", reason: failed, text },
    details: { kind: "visit", goal, pages },
    provider: visited.find((visit) => visit.read.answer.ok)?.read.provider ?? null,
    attempts: visited.flatMap((visit) => visit.read.attempts),
    cacheHit: isStored(visited.flatMap((visit) => visit.read.attempts)),
    sources,
    flags,
  };
}

/** Upstream's layout, which the model was trained on. In the place of its fixed failure sentence stands the reason. */
function observationOf(page: VisitDetails["pages"][number], goal: string): string {
  const evidence = page.failure
    ? `The page could not be read: ${failureWords[page.failure]}${page.detail ? ` (${page.detail})` : ""}.`
    : (page.evidence ?? "Nothing that bears on the goal was found in the page.");
  const summary = page.failure
    ? "The page could not be processed, so no information from it is available."
    : (page.summary ?? "The page was read; nothing could be extracted from it.");
  return `The useful information in ${page.url} for user goal ${goal} as follows:\n\nEvidence in page:\n${evidence}\n\nSummary:\n${summary}`;
}
