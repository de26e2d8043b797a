import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import type { ReadAnswer, ReadRequest } from "./bare-reader.ts";

/** The same streams through the AI SDK's `streamText`, as its documentation reads them. */
async function read(url: string, maxTokens: number): Promise<{ characters: number; ms: number }> {
  const provider = createOpenAICompatible({ name: "bench", baseURL: `${url}/v1`, apiKey: "EMPTY" });
  const began = performance.now();
  let characters = 0;
  for await (const text of streamText({ model: provider("bench"), prompt: "q", maxOutputTokens: maxTokens }).textStream) {
    characters += text.length;
  }
  return { characters, ms: performance.now() - began };
}

process.on("message", async ({ url, streams, maxTokens }: ReadRequest) => {
  const all = await Promise.all(Array.from({ length: streams }, () => read(url, maxTokens)));
  const answer: ReadAnswer = {
    characters: all.reduce((sum, each) => sum + each.characters, 0),
    eachMs: all.map((each) => each.ms),
  };
  process.send?.(answer);
});
