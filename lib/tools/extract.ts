import type { CompletionSource, ModelFailure } from "#lib/model/model.ts";
import { wait } from "#lib/std/wait.ts";
import { extractionPrompt } from "./extraction-prompt.ts";
import { type Extraction, readExtraction } from "./read-extraction.ts";

export type ExtractionAnswer = { ok: true; extraction: Extraction } | { ok: false; detail: string };

/** What of a page matters for a goal. Without a model, quoting does it; with one, the model is asked and its failures are answers. */
export type Extract = (page: { url: string; title: string; text: string }, goal: string, signal: AbortSignal) => Promise<ExtractionAnswer>;

/** Upstream cuts the page at 95,000 tokens; at about four characters each. The last try uses 25,000 tokens. */
const firstCharacters = 380_000;
const lastCharacters = 100_000;
const shorterBy = 0.7;
const tries = 4;
const reasks = 3;
/** A reply shorter than this is no extraction: the page was too long for the server, or it gave up. */
const shortestReply = 10;

/**
 * Goal-conditioned extraction by a model, with upstream's shrinking retries: an empty reply, or one refused for its length, means the page
 * was too long, so it is cut to 70 % and asked again, three times, the last time at 25,000 tokens. A reply that is not the JSON asked for
 * is asked again; a server in trouble is given time; what asking again does not mend ends it.
 */
export function extractWith(model: CompletionSource, pauseMs = 1_000): Extract {
  return async (page, goal, signal) => {
    let characters = Math.min(page.text.length, firstCharacters);
    let detail = "";
    let asked = 0;
    for (let attempt = 1; attempt <= tries; ) {
      const reply = await replyOf(model, extractionPrompt(page.text.slice(0, characters), goal), signal);
      if (reply.ok && reply.text.length >= shortestReply) {
        const extraction = readExtraction(reply.text);
        if (extraction) return { ok: true, extraction };
        detail = "the summary model did not answer with the JSON it was asked for";
        if (++asked > reasks) break;
        continue;
      }
      detail = reply.ok ? "the summary model gave an empty answer" : reply.failure.detail;
      if (!reply.ok && reply.failure.reason === "refused") break;
      attempt++;
      if (reply.ok || reply.failure.reason === "empty" || reply.failure.reason === "context-overflow") {
        characters = attempt === tries ? Math.min(characters, lastCharacters) : Math.floor(characters * shorterBy);
      } else if (attempt <= tries) await wait(reply.failure.retryAfterMs ?? pauseMs * 2 ** (attempt - 2), signal);
    }
    return { ok: false, detail };
  };
}

type Reply = { ok: true; text: string } | { ok: false; failure: ModelFailure };

async function replyOf(model: CompletionSource, prompt: string, signal: AbortSignal): Promise<Reply> {
  let text = "";
  const request = { messages: [{ role: "user" as const, content: prompt }], maxTokens: 8_000, sampling: { temperature: 0.7 } };
  for await (const delta of model.complete(request, signal)) {
    if (delta.kind === "text") text += delta.text;
    if (delta.kind === "failed") return { ok: false, failure: delta.failure };
  }
  return { ok: true, text: text.slice(text.lastIndexOf(thoughtEnd) < 0 ? 0 : text.lastIndexOf(thoughtEnd) + thoughtEnd.length).trim() };
}

/** A summary model may think first; only what follows is its answer. */
const thoughtEnd = "</think>";
