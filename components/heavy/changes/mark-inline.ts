import { diffArrays } from "diff";
import type { PhrasingContent } from "mdast";
import { sentences } from "#lib/std/sentences.ts";
import { pairUp } from "./pair-up.ts";
import { signatureOf, textOf } from "./text-of.ts";

export type Change = "ins" | "del";

/** Nodes in an element that says they came or went. */
export const changed = (change: Change, children: PhrasingContent[]): PhrasingContent => ({
  type: "emphasis", // any node with children: the element is named by `hName`
  data: { hName: change },
  children,
});

/** A word, or what is one thing: a link, an emphasis, a mark of a source. Nothing is marked inside of it. */
interface Token {
  key: string;
  text: string;
  node: PhrasingContent;
}

const asian = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const word = new RegExp(
  String.raw`\[\^?\d+\]|${asian}|[[\p{L}\p{N}]--${asian}]+(?:[.,'’\-][[\p{L}\p{N}]--${asian}]+)*|\s+|[\p{Extended_Pictographic}\p{M}‍]+|.`,
  "gsv",
);

/** The inline content of `after` with what changed against `before`: sentences that came or went as a whole, and in the others the words. */
export function markInline(before: readonly PhrasingContent[], after: readonly PhrasingContent[]): PhrasingContent[] {
  const pieces = { keyOf: wordsIn, textOf: wordsIn };
  const pairs = pairUp(sentencesOf(tokensOf(before)), sentencesOf(tokensOf(after)), pieces);
  return toNodes(
    pairs.flatMap((pair, index) => {
      if (pair.after === null) return [...mark("del", pair.before), ...(index < pairs.length - 1 ? spaceAfter(pair.before) : [])];
      if (pair.before === null) return [...spaceBefore(pairs[index - 1]), ...mark("ins", pair.after)];
      return wordsIn(pair.before) === wordsIn(pair.after) ? pair.after.map(({ node }) => node) : markWords(pair.before, pair.after);
    }),
  );
}

/** All of it came or went. */
export const markAll = (change: Change, nodes: readonly PhrasingContent[]): PhrasingContent[] => toNodes(mark(change, tokensOf(nodes)));

const tokensOf = (nodes: readonly PhrasingContent[]): Token[] =>
  nodes.flatMap((node): Token[] => {
    if (node.type !== "text") return [{ key: signatureOf(node), text: textOf(node), node }];
    return (node.value.match(word) ?? []).map((value) => ({
      key: value.trim() === "" ? " " : value,
      text: value,
      node: { type: "text", value },
    }));
  });

const wordsIn = (tokens: readonly Token[]) =>
  tokens
    .map(({ key }) => key)
    .join("")
    .trim();
const isSpace = (token: Token | undefined) => token !== undefined && token.key === " ";

/** Tokens by the sentences that they stand in. White space stays at the end of the sentence before. */
function sentencesOf(tokens: readonly Token[]): Token[][] {
  const starts = sentences(tokens.map(({ text }) => text.replace(/\n/g, " ")).join("")).map(({ start }) => start);
  const pieces: Token[][] = [];
  let at = 0;
  let next = 1;
  for (const token of tokens) {
    const begins = at >= (starts[next] ?? Number.POSITIVE_INFINITY);
    while (at >= (starts[next] ?? Number.POSITIVE_INFINITY)) next += 1;
    if (begins || pieces.length === 0) pieces.push([]);
    pieces.at(-1)?.push(token);
    at += token.text.length;
  }
  return pieces;
}

/** Marks a run of tokens; the white space around it stays outside. */
function mark(change: Change, tokens: readonly Token[]): PhrasingContent[] {
  const first = tokens.findIndex((token) => !isSpace(token));
  if (first < 0) return change === "ins" ? tokens.map(({ node }) => node) : [];
  const last = tokens.findLastIndex((token) => !isSpace(token)) + 1;
  const nodes = (from: number, to: number) => tokens.slice(from, to).map(({ node }) => node);
  return [...nodes(0, first), changed(change, toNodes(nodes(first, last))), ...nodes(last, tokens.length)];
}

const space: PhrasingContent = { type: "text", value: " " };
/** Chinese has no space after a sentence. */
const wantsSpace = (tokens: readonly Token[]) => !isSpace(tokens.at(-1)) && !/[。！？]$/u.test(tokens.at(-1)?.text ?? "");
const spaceAfter = (tokens: readonly Token[]) => (wantsSpace(tokens) ? [space] : []);
const spaceBefore = (pair: { before: Token[] | null; after: Token[] | null } | undefined) =>
  pair?.after && wantsSpace(pair.after) ? [space] : [];

function markWords(before: readonly Token[], after: readonly Token[]): PhrasingContent[] {
  const parts = diffArrays(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  );
  let [from, to] = [0, 0];
  const nodes: PhrasingContent[] = [];
  let gone: Token[] = [];
  let come: Token[] = [];
  const settle = () => {
    const isGone = gone.some((token) => !isSpace(token));
    if (isGone) nodes.push(...mark("del", gone));
    nodes.push(...mark("ins", isGone && isSpace(come[0]) && !isSpace(gone[0]) ? come.slice(1) : come));
    gone = [];
    come = [];
  };
  for (const [index, { added, removed, value }] of parts.entries()) {
    const [old, fresh] = [before.slice(from, from + value.length), after.slice(to, to + value.length)];
    if (removed) gone.push(...old);
    else if (added) come.push(...fresh);
    // Between two changes a space or a comma alone is no ground to rest on.
    else if (gone.length + come.length > 0 && index < parts.length - 1 && !value.some((key) => /[\p{L}\p{N}]/u.test(key))) {
      gone.push(...old);
      come.push(...fresh);
    } else {
      settle();
      nodes.push(...fresh.map(({ node }) => node));
    }
    if (!added) from += value.length;
    if (!removed) to += value.length;
  }
  settle();
  return nodes;
}

/** Neighbouring texts become one. */
function toNodes(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const merged: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (node.type === "text" && last?.type === "text") merged[merged.length - 1] = { type: "text", value: last.value + node.value };
    else merged.push(node);
  }
  return merged;
}
