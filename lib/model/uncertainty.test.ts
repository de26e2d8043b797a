import { expect, test } from "vitest";
import { entropyOf, type SaidToken, uncertaintyOf } from "./uncertainty.ts";

const ln = Math.log;

test.each<[string, number[], number | null]>([
  ["two that are equally likely", [ln(0.5), ln(0.5)], ln(2)],
  ["16 that are equally likely", Array.from({ length: 16 }, () => ln(1 / 16)), ln(16)],
  ["one that is certain", [0, -9999], 0],
  // weights 2/3 and 1/3, logarithms of 0.5 and 0.25: 2/3 · ln 2 + 1/3 · ln 4
  ["two that are not all there is", [ln(0.5), ln(0.25)], (4 / 3) * ln(2)],
  ["a single one: its surprise", [ln(0.25)], ln(4)],
  ["nothing", [], null],
  ["nothing that is possible", [-9999, -9999], null],
  ["what is no probability", [1e308], null],
  ["more than certain, by rounding", [1e-9], 0],
  ["a single one that is nearly impossible", [-700], 20],
])("the entropy of %s", (_, logprobs, entropy) => {
  const told = entropyOf(logprobs);
  if (entropy === null) expect(told).toBeNull();
  else expect(told).toBeCloseTo(entropy, 9);
});

/** `text:n`: a token that was one of n equally likely ones; without a number, nothing is told of it. */
const said = (...tokens: [string, number?][]): SaidToken[] =>
  tokens.map(([text, among]) => ({ text, entropy: among === undefined ? null : ln(among) }));
const turn = said(
  ["<think>", 16],
  ["a", 2],
  ["b", 8],
  ["</think>", 16],
  ["\n", 1],
  ["<tool_call>", 16],
  ["{", 3],
  ["}", 3],
  ["</tool_call>", 1],
);

test.each<[string, SaidToken[], boolean, ReturnType<typeof uncertaintyOf>]>([
  // geometric means: √(2·8) = 4, √(3·3) = 3, the ninth root of 16·2·8·16·16·3·3
  ["thought, call and all", turn, false, { thought: 4, call: 3, all: (16 * 2 * 8 * 16 * 16 * 9) ** (1 / 9) }],
  ["only all, where thought and calls came apart", turn, true, { thought: null, call: null, all: (16 * 2 * 8 * 16 * 16 * 9) ** (1 / 9) }],
  [
    "tags of several tokens, of which a piece belongs to neither side",
    said(["<th"], ["ink>", 9], ["a", 4], ["</", 9], ["think>\n", 9], ["<tool", 9], ["_call>{", 9], ["x", 5], ["}</tool_", 9], ["call>", 9]),
    false,
    { thought: 4, call: 5, all: (9 ** 7 * 20) ** (1 / 9) },
  ],
  ["a thought that began in the prompt", said(["a", 4], ["</think>", 4], ["b", 4]), false, { thought: 4, call: null, all: 4 }],
  ["a call that is not closed", said(["<tool_call>", 1], ["x", 7]), false, { thought: null, call: 7, all: Math.sqrt(7) }],
  [
    "a call that is only thought about is none",
    said(["<think>", 2], ["<tool_call>", 2], ["no", 2], ["</tool_call>", 2], ["</think>", 2], ["<answer>", 2]),
    false,
    { thought: 2, call: null, all: 2 },
  ],
  ["an empty thought", said(["<think>", 2], ["</think>", 2]), false, { thought: null, call: null, all: 2 }],
  ["a text without tags", said(["A", 2], ["B"]), false, { thought: null, call: null, all: 2 }],
  ["nothing told", said(["A"]), false, null],
  ["no token", [], false, null],
])("%s", (_, tokens, apart, wanted) => {
  const told = uncertaintyOf(tokens, { apart });
  if (wanted === null) return expect(told).toBeNull();
  for (const part of ["thought", "call", "all"] as const)
    if (wanted[part] === null) expect(told?.[part], part).toBeNull();
    else expect(told?.[part], part).toBeCloseTo(wanted[part], 9);
});
