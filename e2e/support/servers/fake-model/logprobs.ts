import { hashOf } from "./seeded.ts";
import type { Utterance } from "./utterance.ts";
import type { ChatRequest } from "./wire.ts";

/** The log probabilities of some tokens as JSON; made up from the token itself where the script gives none, so always the same. */
export function logprobsOf(said: Utterance, chat: ChatRequest, from: number, to: number): string | undefined {
  if (!chat.logprobs) return undefined;
  const content = [];
  for (let index = from; index < to; index++) {
    const token = said.raw.slice(said.ends[index - 1] ?? 0, said.ends[index]);
    const bytes = [...Buffer.from(token)];
    const told = said.alternatives?.(token, index);
    const logprob = told?.[0] ?? said.logprobs?.[index] ?? -(hashOf(token) % 1_000) / 1_000;
    const all = told ?? Array.from({ length: chat.top_logprobs ?? 0 }, (_, rank) => logprob - rank);
    const alternatives = all
      .slice(0, chat.top_logprobs ?? 0)
      .map((each, rank) =>
        rank === 0 ? { token, logprob: each, bytes } : { token: `?${rank}`, logprob: each, bytes: [...Buffer.from(`?${rank}`)] },
      );
    content.push({ token, logprob, bytes, top_logprobs: alternatives });
  }
  return JSON.stringify({ content });
}

/** The log probabilities of so many alternatives that are equally likely: a token that could have been any of them. */
export const among = (count: number): number[] => Array.from({ length: count }, () => -Math.log(count));
