import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import type { ReadAnswer, ReadRequest } from "./bare-reader.ts";

/** The same streams through the AI SDK's `streamText`, as its documentation reads them. */
async function read(url: string, maxTokens: number): Promise<{ characters: number; firstTextMs: number }> {
  const provider = createOpenAICompatible({ name: "bench", baseURL: `${url}/v1`, apiKey: "EMPTY" });
  const began = performance.now();
  let characters = 0;
  let firstTextMs = 0;
  for await (const text of streamText({ model: provider("bench"), prompt: "q", maxOutputTokens: maxTokens }).textStream) {
    if (characters === 0) firstTextMs = performance.now() - began;
    characters += text.length;
  }
  return { characters, firstTextMs };
}

process.on("message", async ({ url, streams, maxTokens }: ReadRequest) => {
  const began = performance.now();
  const all = await Promise.all(Array.from({ length: streams }, () => read(url, maxTokens)));
  const answer: ReadAnswer = {
    characters: all.reduce((sum, each) => sum + each.characters, 0),
    wallMs: performance.now() - began,
    firstTextMs: all.map((each) => each.firstTextMs),
  };
  process.send?.(answer);
});
