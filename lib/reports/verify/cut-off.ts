import { sentences } from "#lib/std/sentences.ts";
import type { Span } from "#lib/std/span.ts";
import { hedgeIn, negationsIn } from "./negation.ts";
import { unitAt } from "./units.ts";

/** So far before and after a quote its sentence is looked for. */
const reach = 1_000;
const ownStatement = /^[\s\S]*(?:[;；]|,\s+(?:but|and|while|whereas|und|aber|mais|pero|et|y)\s|，(?:但是?|而|并且|同时))/i;
const exception =
  /^[,，(（\s]*(?:unless|except|if|provided|but\s+(?:only|not)|only|save|when|subject to|without prejudice|notwithstanding|es sei denn|außer|sofern|wenn|falls|sauf|à moins|salvo|excepto|除非|除外|的除外|但是?|不过|不在此限|如果|只有)/i;
const denial =
  /(?:is|are|was|were|be|been|proved?|proven|turned out|being)\s+(?:\w+\s+){0,2}(?:false|untrue|wrong|incorrect|fake|a myth|a hoax|not true)|ist (?:falsch|unwahr)|不(?:属实|成立|正确|真实|实|准确)|(?:错误|虚假|谣言|谬误|误解|误传)|有误|除外|并非如此|吗[？?]?$/i;
const bound =
  /(?:less|more|fewer|lower|higher|greater|at least|at most|up to|over|under|below|above|nearly|almost|than|minus|不超过|超过|至少|至多|不到|不足|低于|高于|少于|多于|近|约)\s*$|[-−–$€£¥]$/i;

/**
 * What the source says right beside a stretch of it and the stretch leaves out, where that changes the meaning: a "not" or an "if" before it, an
 * exception or a denial behind it, the unit of a number at its end. Null: nothing of the kind, or it is a whole sentence.
 */
export function cutOff(text: string, span: Span): { before: string } | { after: string } | null {
  const { before, after } = around(text, span);
  const own = before.replace(ownStatement, "");
  const attached = /[不未非无没勿否反莫](?:[是有会能可应]?)$/.exec(own)?.[0];
  if (attached) return { before: attached };
  const word = negationsIn(own)[0] ?? hedgeIn(own);
  if (word) return { before: word };
  const quote = text.slice(span.start, span.end);
  const isNumber = (end: string) => /[\p{N}½¼¾〇一二三四五六七八九十百千万亿]$/u.test(end);
  const limit = /^[\p{N}〇一二三四五六七八九十百千万亿]/u.test(quote) ? bound.exec(own)?.[0] : undefined;
  if (limit) return { before: limit.trim() };
  const unit = isNumber(quote) ? /^\s?(?:[%％‰]|[\p{L}]+)/u.exec(after)?.[0] : undefined;
  if (unit && (unitAt(unit) !== null || /^\s?(?:[%‰]|hundred|thousand|million|billion|trillion|bn|[万亿千百十])/i.test(unit)))
    return { after: unit.trim() };
  // A question states nothing.
  const asked = /^["'”’」』)]*[?？]/.exec(after)?.[0];
  if (asked && !/[?？]["'”’」』)]*$/.test(quote)) return { after: asked.slice(-1) };
  const condition = exception.exec(after)?.[0] ?? denial.exec(after.split(/[;；]/)[0] ?? "")?.[0];
  return condition === undefined ? null : { after: condition.replace(/^[,，(（\s]+/, "").trim() };
}

/** The rest of the sentence that a stretch stands in, or of the two it begins and ends in. */
function around(text: string, { start, end }: Span): { before: string; after: string } {
  const from = Math.max(0, start - reach);
  const window = text.slice(from, end + reach);
  const units = sentences(window).map((unit) => ({ start: unit.start + from, end: unit.end + from }));
  const touched = units.filter((unit) => unit.start < end && start < unit.end);
  return {
    before: text.slice(Math.min(start, touched[0]?.start ?? start), start),
    after: text.slice(end, Math.max(end, touched.at(-1)?.end ?? end)),
  };
}
