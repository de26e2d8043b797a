import type { Uncertainty } from "#lib/domain/event.ts";

/** A token as it was said, and the entropy of what could have stood in its place; null where the server did not tell. */
export interface SaidToken {
  text: string;
  entropy: number | null;
}

/** No vocabulary has e^20 tokens: what a server tells beyond it (vLLM writes -9999 for minus infinity) must not drown all others. */
const mostEntropy = 20;

/**
 * The entropy of a token in nats from the log probabilities of its likeliest alternatives, as the released code of ParallelMuse has it: the
 * probabilities are made to sum to one, their logarithms stay as they were told. So the mass outside of the alternatives counts too, and of a
 * single alternative it is its negative log probability, which is how the paper defines it. Null when nothing can be said.
 */
export function entropyOf(logprobs: readonly number[]): number | null {
  let mass = 0;
  let sum = 0;
  for (const logprob of logprobs) {
    const probability = Math.exp(logprob);
    mass += probability;
    sum -= probability * logprob;
  }
  const entropy = sum / mass;
  return Number.isFinite(entropy) ? Math.min(Math.max(entropy, 0), mostEntropy) : null;
}

/**
 * How unsure the model was of a turn: exp of the mean entropy over the thought, the first call after it, and all tokens; null when no token has
 * one. The tags are looked for in the text that the tokens make up, since a tag may be several of them; a token that holds a piece of one
 * belongs to neither side. `apart`: the server sent thought or calls in fields of their own. Its parsers swallow tokens, so of thought and call
 * nothing is known, and of all tokens what came.
 */
export function uncertaintyOf(tokens: readonly SaidToken[], { apart = false } = {}): Uncertainty | null {
  const all = perplexity(tokens);
  if (all === null) return null;
  if (apart) return { thought: null, call: null, all };
  const text = tokens.map((token) => token.text).join("");
  const spans = { thought: thoughtIn(text), call: callIn(text) };
  return { thought: perplexity(within(tokens, spans.thought)), call: perplexity(within(tokens, spans.call)), all };
}

type Stretch = { from: number; to: number } | null;

/** The last `</think>` ends the thought, as for the dialects. It begins with the turn where the server put the opening tag into the prompt. */
function thoughtIn(text: string): Stretch {
  const to = text.lastIndexOf("</think>");
  if (to < 0) return null;
  const open = text.slice(0, to).indexOf("<think>");
  return { from: open < 0 ? 0 : open + "<think>".length, to };
}

/** One that is not closed, because the turn was cut off or the model forgot it, ends with the turn. */
function callIn(text: string): Stretch {
  const open = text.indexOf("<tool_call>", Math.max(0, text.lastIndexOf("</think>")));
  if (open < 0) return null;
  const close = text.indexOf("</tool_call>", open);
  return { from: open + "<tool_call>".length, to: close < 0 ? text.length : close };
}

function within(tokens: readonly SaidToken[], stretch: Stretch): SaidToken[] {
  if (!stretch) return [];
  let start = 0;
  return tokens.filter((token) => {
    const from = start;
    start += token.text.length;
    return from >= stretch.from && start <= stretch.to;
  });
}

function perplexity(tokens: readonly SaidToken[]): number | null {
  const told = tokens.flatMap((token) => token.entropy ?? []);
  return told.length === 0 ? null : Math.exp(told.reduce((sum, entropy) => sum + entropy, 0) / told.length);
}
