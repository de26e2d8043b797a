import { z } from "zod";
import { oneLine } from "#lib/std/one-line.ts";

export interface Verdict {
  status: "supported" | "weak" | "unsupported";
  reason: string;
}

const longestReason = 240;
const order: readonly Verdict["status"][] = ["unsupported", "weak", "supported"];
const words: [Verdict["status"], RegExp][] = [
  [
    "unsupported",
    /^(?:un-?supported|not (?:fully )?supported|no support|contradict\w*|refuted|false|不(?:被)?支持|未(?:被)?支持|无(?:依据|支持)|矛盾|nicht (?:gestützt|belegt|unterstützt))/iu,
  ],
  [
    "weak",
    /^(?:weak(?:ly)?(?:[ -]supported)?|partial(?:ly)?(?:[ -]supported)?|partly(?:[ -]supported)?|部分支持|部分|弱|较弱|teilweise)/iu,
  ],
  ["supported", /^(?:(?:fully|entirely|directly|well|clearly) )?(?:supported|supports)|^(?:完全|充分)?支持/iu],
];
/** What models put around an answer: list marks, bold, brackets, table bars, quotation marks. */
const dressing = /^(?:\d{1,2}[.)]\s+)?[\s>*#\-–—•|`"'“”()[\]{}<:：=→,.。/]+|^\d{1,2}[.)]\s+/u;
const filler =
  /^(?:(?:is|are|was|ist|是|为|verdict|status|label|judg(?:e)?ment|rating|result|结论|判定|判断|pair|id|claim)(?![\p{L}])[\s>*`"'“”:：=→|,-]*)+/iu;

/**
 * The verdicts in what a model answered, by the id of their pair: lines, a list, a table or JSON, with or without thinking before them. What
 * names no pair that was asked about counts for nothing; of two verdicts on one pair the lower one counts. Missing ones are missing.
 */
export function readVerdicts(said: string, ids: readonly string[]): Map<string, Verdict> {
  const answer = withoutThinking(said);
  const found = new Map<string, Verdict>();
  const known = new Map(ids.map((id) => [id.toLowerCase(), id]));
  for (const [id, verdict] of [...jsonVerdicts(answer), ...lineVerdicts(answer, ids)]) {
    const own = known.get(id.toLowerCase());
    const before = own === undefined ? undefined : found.get(own);
    if (own !== undefined && (!before || order.indexOf(verdict.status) < order.indexOf(before.status))) found.set(own, verdict);
  }
  return found;
}

/** Thinking that never ends has no answer behind it. */
function withoutThinking(said: string): string {
  const end = Math.max(said.lastIndexOf("</think>"), said.lastIndexOf("</thinking>"));
  if (end >= 0) return said.slice(said.indexOf(">", end) + 1);
  return /^\s*<think(?:ing)?>/.test(said) ? "" : said;
}

function lineVerdicts(answer: string, ids: readonly string[]): [string, Verdict][] {
  const names = ids.map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const head = new RegExp(`^(?:(?:pair|id|claim|sentence)[\\s:="']*)*(?<id>${names})(?![\\p{L}\\p{N}])`, "iu");
  const found: [string, Verdict][] = [];
  let [current, last] = [null as string | null, null as Verdict | null];
  for (const line of answer.split("\n")) {
    const plain = line.replace(dressing, "");
    const named = ids.length === 0 ? null : head.exec(plain);
    // Another pair's line, known or not, ends this one: its verdict must not fall to this one.
    if (named || /^(?:pair|id|claim)?\s*["']?[a-z]\d+(?![\p{L}\p{N}])/iu.test(plain)) [current, last] = [named?.groups?.id ?? null, null];
    const verdict = verdictIn(named ? plain.slice(named[0].length) : plain);
    if (current !== null && last === null && verdict) {
      last = verdict;
      found.push([current, verdict]);
    } else if (last?.reason === "" && /^(?:reason|because|why|理由|原因)/i.test(plain))
      last.reason = reasonOf(plain.replace(/^\p{L}+/u, ""));
  }
  return found;
}

function verdictIn(text: string): Verdict | null {
  const rest = text.replace(dressing, "").replace(filler, "").replace(dressing, "");
  for (const [status, pattern] of words) {
    const match = pattern.exec(rest);
    if (!match) continue;
    const after = rest.slice(match[0].length);
    // "supported | weak | unsupported": the question, said again.
    if (/^[\s*`"']*(?:[|/,]|or|或)\s*[*`"']*(?:supported|weak|unsupported)/i.test(after)) return null;
    return /^\p{L}/u.test(after) && !/^\p{sc=Han}/u.test(after) ? null : { status, reason: reasonOf(after) };
  }
  return null;
}

const reasonOf = (text: string) =>
  [
    ...oneLine(
      text
        .replace(dressing, "")
        .replace(/[*`|"”)\]}\s]+$/u, "")
        .replace(/\*\*|`/g, ""),
    ),
  ]
    .slice(0, longestReason)
    .join("")
    .trim();

const text = z.string();
const loose = z.record(text, z.unknown());

function jsonVerdicts(answer: string): [string, Verdict][] {
  const start = answer.search(/[[{]\s*["[{]/);
  const end = Math.max(answer.lastIndexOf("}"), answer.lastIndexOf("]"));
  if (start < 0 || end <= start) return [];
  try {
    return walk(JSON.parse(answer.slice(start, end + 1)));
  } catch {
    return []; // no JSON: the lines are read
  }
}

/** `[{id, verdict, reason}]`, `{c1: "weak"}` and `{c1: {verdict, reason}}`, however deep. */
function walk(value: unknown): [string, Verdict][] {
  if (Array.isArray(value)) return value.flatMap(walk);
  const object = loose.safeParse(value).data;
  if (!object) return [];
  const id = text.safeParse(object.id ?? object.pair ?? object.claim).data;
  const own = id === undefined ? null : verdictOf(object);
  if (id !== undefined && own) return [[id, own]];
  return Object.entries(object).flatMap(([key, each]): [string, Verdict][] => {
    const verdict = verdictOf(each);
    return verdict ? [[key, verdict]] : walk(each);
  });
}

function verdictOf(value: unknown): Verdict | null {
  const said = text.safeParse(value).data;
  if (said !== undefined) return verdictIn(said);
  const object = loose.safeParse(value).data;
  const verdict = text.safeParse(object?.verdict ?? object?.status ?? object?.label ?? object?.judgement).data;
  const found = verdict === undefined ? null : verdictIn(verdict);
  const reason = text.safeParse(object?.reason ?? object?.why ?? object?.explanation).data;
  return found && { ...found, ...(reason !== undefined && { reason: reasonOf(reason) }) };
}
