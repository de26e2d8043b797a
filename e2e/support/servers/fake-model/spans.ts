import type { Part } from "./assistant-turn.ts";
import { pythonJson } from "./python-json.ts";

/** A stretch of what the model wrote, and what a server's parsers make of it. `whole`: sent in one piece, once its end is there. */
export interface Span {
  from: number;
  to: number;
  kind: Part["kind"];
  call?: number;
  whole?: string;
}

export interface Parsers {
  /** "mid-thought": the text begins inside the thought, because `<think>` was in the prompt. */
  reasoning: "off" | "tags" | "mid-thought";
  tools: boolean;
  unreadableCalls: "content" | "swallowed";
  /** A stream has already sent the beginning of a call that never ended; a whole answer has not. */
  stream: boolean;
}

/** How the parsers divide a text. */
export function spansOf(raw: string, parsers: Parsers): Span[] {
  const { spans, contentFrom } = thought(raw, parsers);
  if (contentFrom < raw.length) spans.push(...(parsers.tools ? hermes(raw, contentFrom, parsers) : [content(contentFrom, raw.length)]));
  return spans;
}

/** The spans of a turn that was never one text. */
export function spansOfParts(parts: Part[]): Span[] {
  let from = 0;
  return parts.map(({ kind, text, call }) => {
    const span: Span = { from, to: from + text.length, kind, ...(call !== undefined && { call }), ...(kind === "name" && { whole: text }) };
    from = span.to;
    return span;
  });
}

const content = (from: number, to: number): Span => ({ from, to, kind: "content" });

/**
 * Without `</think>` a begun thought was cut off: all of it is thought, but for a call, with which Qwen3.5 ends its thoughts too. A text that
 * never thinks is content.
 */
function thought(raw: string, { reasoning: mode, tools }: Parsers): { spans: Span[]; contentFrom: number } {
  if (mode === "off") return { spans: [], contentFrom: 0 };
  const opening = /^\s*<think>/.exec(raw)?.[0].length ?? 0;
  const end = raw.indexOf("</think>");
  if (end < 0 && opening === 0 && mode === "tags") return { spans: [], contentFrom: 0 };
  const spans: Span[] = opening > 0 ? [{ from: 0, to: opening, kind: "silent" }] : [];
  const call = end < 0 && tools ? raw.indexOf("<tool_call>") : -1;
  const thoughtEnd = call >= 0 ? call : end < 0 ? raw.length : end;
  spans.push({ from: opening, to: thoughtEnd, kind: "reasoning" });
  if (end < 0) return { spans, contentFrom: thoughtEnd };
  const contentFrom = end + "</think>".length;
  spans.push({ from: end, to: contentFrom, kind: "silent" });
  return { spans, contentFrom };
}

interface Block {
  from: number; // behind the opening tag
  to: number; // before the closing tag, or the end of the text
  closed: boolean;
}

/** Content up to the first block, then the calls; what stands between and behind the blocks is lost, as it is with vLLM. */
function hermes(raw: string, from: number, { unreadableCalls, stream }: Parsers): Span[] {
  const blocks = blocksOf(raw, from);
  const first = blocks[0];
  if (!first) return [content(from, raw.length)];
  const begun = stream && blocks.at(-1)?.closed === false;
  const whole = begun ? blocks.slice(0, -1) : blocks;
  if (!whole.every((block) => isCall(raw.slice(block.from, block.to))) && unreadableCalls === "content") return [content(from, raw.length)];
  const spans = [content(from, first.from - "<tool_call>".length)];
  for (const [index, block] of blocks.entries()) spans.push(...callSpans(raw, block, index));
  return spans.filter((span) => span.to > span.from);
}

function blocksOf(raw: string, from: number): Block[] {
  const blocks: Block[] = [];
  for (let start = raw.indexOf("<tool_call>", from); start >= 0; ) {
    const inner = start + "<tool_call>".length;
    const end = raw.indexOf("</tool_call>", inner);
    blocks.push({ from: inner, to: end < 0 ? raw.length : end, closed: end >= 0 });
    start = end < 0 ? -1 : raw.indexOf("<tool_call>", end);
  }
  return blocks;
}

/** Strict JSON with a name and arguments: single quotes, trailing commas and comments are none. */
function isCall(text: string): boolean {
  try {
    const call: unknown = JSON.parse(text);
    return typeof call === "object" && call !== null && "name" in call && typeof call.name === "string" && "arguments" in call;
  } catch {
    return false;
  }
}

function callSpans(raw: string, block: Block, call: number): Span[] {
  const text = raw.slice(block.from, block.to);
  const name = /"name"\s*:\s*"([^"]+)"/.exec(text);
  if (!name?.[1]) return [];
  const nameTo = block.from + name.index + name[0].length;
  const spans: Span[] = [{ from: block.from, to: nameTo, kind: "name", call, whole: name[1] }];
  const begin = /"arguments"\s*:\s*/.exec(text);
  if (!begin) return spans;
  const argumentsFrom = block.from + begin.index + begin[0].length;
  const argumentsTo = argumentsFrom + valueLength(raw.slice(argumentsFrom, block.to));
  // Arguments that stand before the name can only be sent once the name is there.
  if (argumentsFrom < nameTo)
    spans.push({ from: nameTo, to: Math.max(block.to, nameTo + 1), kind: "arguments", call, whole: raw.slice(argumentsFrom, argumentsTo) });
  else spans.push({ from: argumentsFrom, to: argumentsTo, kind: "arguments", call });
  return spans;
}

/** Length of the JSON value at the beginning of a text, by its brackets; a value that does not end is all of the text. */
function valueLength(text: string): number {
  if (text[0] !== "{" && text[0] !== "[") return text.replace(/\s*\}?\s*$/, "").length;
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return index + 1;
  }
  return text.length;
}

/** Arguments of a whole answer are parsed and written anew. */
export function rewritten(json: string): string {
  try {
    return pythonJson(JSON.parse(json));
  } catch {
    return json;
  }
}
