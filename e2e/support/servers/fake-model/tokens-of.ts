import { hashOf } from "./seeded.ts";

/** Markers that are one token of their own in Qwen3, then one character of CJK, then up to four of anything else; `<` begins anew. */
const token =
  /<\/?(?:think|tool_call|tool_response)>|<\|(?:im_start|im_end|endoftext)\|>|[\u3000-\u9fff\uf900-\ufaff]|<[^<\u3000-\u9fff\uf900-\ufaff]{0,3}|[^<\u3000-\u9fff\uf900-\ufaff]{1,4}/gsu;

/** About four characters a token; every character of CJK for itself: what a tokenizer does, roughly, and without losing a byte. */
export const tokensOf = (text: string): string[] => text.match(token) ?? [];

/** The tokens of a text as numbers, the same token being the same number, and where each of them ends. */
export interface Tokenized {
  ids: Uint32Array;
  ends: Uint32Array;
}

/** A prompt of 100,000 tokens says the same messages again at every step: each is cut once. Two generations of 4 million tokens. */
const mostRemembered = 4_000_000;
let remembered = 0;
let young = new Map<string, Tokenized>();
let old = new Map<string, Tokenized>();

export function tokenized(text: string): Tokenized {
  const known = young.get(text) ?? old.get(text);
  if (known) return known;
  const tokens = tokensOf(text);
  const fresh = { ids: Uint32Array.from(tokens, hashOf), ends: endsOf(tokens) };
  remembered += tokens.length + 16;
  if (remembered > mostRemembered) {
    old = young;
    young = new Map();
    remembered = 0;
  }
  young.set(text, fresh);
  return fresh;
}

export const tokenIds = (text: string) => tokenized(text).ids;

/** Where each of some pieces ends in the text they make up. */
export function endsOf(pieces: readonly string[]): Uint32Array {
  let position = 0;
  return Uint32Array.from(pieces, (piece) => {
    position += piece.length;
    return position;
  });
}
