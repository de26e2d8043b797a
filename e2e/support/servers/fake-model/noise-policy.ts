import type { Pace, Reply, Script } from "./reply.ts";
import { isAgents, turnOf } from "./script-policy.ts";
import { hashOf, seeded } from "./seeded.ts";
import { tokensOf } from "./tokens-of.ts";
import { answerTurn, callTurn, type PolicyDialect } from "./tongyi-turn.ts";

export interface NoiseOptions extends Pace {
  /** Turns until the answer. */
  turns?: number;
  /** Tokens of each thought, and of the answer: exactly, by `tokensOf`. */
  thoughtTokens?: number;
  answerTokens?: number;
  /** Targets of a search or a visit. */
  targets?: number;
  /** Pages to visit while no observation has named one. */
  urls?: readonly string[];
  dialect?: PolicyDialect;
}

/**
 * A long run that means nothing: thoughts of so many tokens, then a search or a visit of what the last search found, at last an answer.
 * The same question gets the same run; another one gets another, so that runs do not share a cache they would not share.
 */
export function noisePolicy(seed: number, options: NoiseOptions = {}): Script {
  const { turns = 100, thoughtTokens = 300, answerTokens = 600, targets = 2, dialect = "tongyi" } = options;
  const pace = {
    ...(options.msPerToken !== undefined && { msPerToken: options.msPerToken }),
    ...(options.freeze && { freeze: options.freeze }),
  };
  return (request): Reply => {
    const question = request.messages.find((message) => message.role === "user")?.content ?? "";
    const turn = turnOf(request);
    const random = seeded(seed ^ hashOf(question) ^ Math.imul(turn + 1, 0x9e3779b1));
    if (!isAgents(request)) return { kind: "text", text: extraction(random), ...pace };
    const thought = words(random, thoughtTokens);
    if (turn >= turns) return { ...answerTurn(dialect, thought, words(random, answerTokens)), ...pace };
    const pages = urlsIn(request.messages.at(-1)?.content ?? "", options.urls ?? []);
    const call =
      turn % 2 === 0 || pages.length === 0
        ? { name: "search", arguments: { query: Array.from({ length: targets }, () => words(random, 6)) } }
        : { name: "visit", arguments: { url: pages.slice(0, targets), goal: words(random, 8) } };
    return { ...callTurn(dialect, thought, [call]), ...pace };
  };
}

const extraction = (random: () => number) =>
  JSON.stringify({ rational: words(random, 20), evidence: words(random, 60), summary: words(random, 30) });

const urlsIn = (text: string, otherwise: readonly string[]) => {
  const found = [...new Set(text.match(/https?:\/\/[^\s)"'<>\]]+/g) ?? [])];
  return found.length > 0 ? found : otherwise;
};

const syllables = ["har", "bour", "vel", "sund", "no", "ta", "ri", "men", "do", "lis", "que", "stra", "um", "pel", "gor", "wa"];

/** Words of exactly so many tokens, without a tag or a quote in them. */
export function words(random: () => number, tokens: number): string {
  let text = "";
  while (text.length < tokens * 4) {
    const length = 1 + Math.floor(random() * 3);
    for (let index = 0; index < length; index++) text += syllables[Math.floor(random() * syllables.length)];
    text += " ";
  }
  // Nothing in it but letters and spaces, so a token is four characters; the last one is no space, which would be trimmed away.
  return `${tokensOf(text).slice(0, tokens).join("").slice(0, -1)}e`;
}
