import type { ChatMessage } from "#lib/domain/transcript.ts";
import { asObservation } from "#lib/domain/transcript.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import type { CompletionSource } from "#lib/model/model.ts";
import { type Extract, extractWith } from "#lib/tools/extract.ts";
import { directPages } from "#lib/tools/providers/direct-pages.ts";
import { searxng } from "#lib/tools/providers/searxng.ts";

const signal = new AbortController().signal;

/**
 * The loop as the published one goes: a turn is read to its end, then its queries one after the other, then its pages one after the other,
 * each fetched and then extracted. The same model, the same providers, the same reader; no log, no cache, no database.
 */
export async function upstreamLoop(options: {
  model: CompletionSource;
  searchUrl: string;
  pagesHost: string;
  systemPrompt: string;
}): Promise<number> {
  const search = searxng(options.searchUrl);
  const pages = directPages({ allowHosts: [options.pagesHost] });
  const extract = extractWith(options.model);
  const messages: ChatMessage[] = [
    { role: "system", content: options.systemPrompt },
    { role: "user", content: "A question" },
  ];
  for (let steps = 1; ; steps++) {
    const reader = tongyi.listen();
    for await (const delta of options.model.complete(
      tongyi.request(messages, { dialect: "tongyi", name: null, window: null }, { offered: [], forbidden: false }),
      signal,
    )) {
      if (delta.kind === "failed") throw new Error(delta.failure.detail);
      if (delta.kind !== "ended") reader.push(delta);
    }
    const turn = reader.end("stop");
    messages.push({ role: "assistant", content: turn.raw });
    if (turn.move.kind !== "calls") return steps;
    const [call] = turn.move.calls;
    if (!call || "problem" in call) throw new Error("The script's call could not be read");
    const texts: string[] = [];
    for (const query of call.tool === "search" ? listOf(call.arguments.query) : [])
      texts.push(JSON.stringify(await search.ask(query, signal)));
    for (const url of call.tool === "visit" ? listOf(call.arguments.url) : []) texts.push(await visited(pages, extract, url));
    messages.push({ role: "user", content: asObservation(texts.join("\n=======\n")) });
  }
}

async function visited(pages: ReturnType<typeof directPages>, extract: Extract, url: string): Promise<string> {
  const answer = await pages.ask(url, signal);
  if (!answer?.ok) throw new Error("A page of the bench could not be read");
  return JSON.stringify(await extract(answer.value, "g", signal));
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
