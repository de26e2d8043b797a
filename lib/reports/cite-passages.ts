import { findModelMarks } from "#lib/domain/model-marks.ts";
import { protectedSpans } from "#lib/domain/protected-spans.ts";
import { type EvidenceBank, passageMark, passagesOfMark } from "#lib/domain/writer/evidence.ts";
import { type Cited, resolveMarks } from "./cite.ts";
import { type Placed, withMarks } from "./with-marks.ts";

/** Passages of one source that a sentence cites and that stand so near each other are cited as one. */
const nearby = 200;

/**
 * Resolves the marks of a report that was written from passages: `[p3]` becomes a citation of what in passage 3 carries the sentence, or of the
 * whole passage. A mark that names no passage of the bank is taken out and recorded. `texts` gives the text of a source by its id.
 */
export function citePassages(written: string, bank: EvidenceBank, texts: ReadonlyMap<string, string>): Cited {
  const byId = new Map(bank.map((each) => [`p${each.number}`, each]));
  const passages = bank.map(({ number, source, passage }) => ({
    id: `p${number}`,
    n: number,
    url: source.site,
    title: source.title,
    text: passage.text,
  }));
  const own = withoutForeignMarks(written);
  const { prose, placed, removedMarks } = resolveMarks(withPlainNumbers(own.text), passages, true);
  const real = placed.flatMap((each): Placed[] => {
    const named = byId.get(each.sourceId);
    if (!named) return [];
    const { start, end } = each.citation.passage;
    const span = { start: named.passage.start + start, end: named.passage.start + end };
    return [{ ...each, sourceId: named.source.id, citation: { ...each.citation, passage: { ...span, text: each.citation.passage.text } } }];
  });
  return {
    ...withMarks(prose, joined(real, texts)),
    removedMarks: [...own.removed, ...removedMarks.map((mark) => mark.replace("[", "[p"))],
  };
}

/** Numbers without their p name nothing here: those of a page that was quoted, or of sources. As marks they would name other passages. */
function withoutForeignMarks(written: string): { text: string; removed: string[] } {
  const marks = findModelMarks(written, () => false);
  const text = marks.reduceRight((rest, { start, end }) => rest.slice(0, start).replace(/(?<=\S)[ \t]+$/, "") + rest.slice(end), written);
  return { text, removed: marks.map(({ start, end }) => written.slice(start, end)) };
}

/** `[p3, p8]` is `[3, 8]`: the marks of an answer, over passages in the place of sources. */
function withPlainNumbers(written: string): string {
  const spans = protectedSpans(written);
  return written.replace(passageMark, (mark, at: number) => {
    const isCode = spans.some((span) => at < span.end && span.start < at + mark.length);
    return isCode ? mark : `[${passagesOfMark(mark).join(", ")}]`;
  });
}

/** One mark for what is one stretch of a source. */
function joined(placed: readonly Placed[], texts: ReadonlyMap<string, string>): Placed[] {
  const kept: Placed[] = [];
  for (const each of placed) {
    const same = kept.findIndex((other) => other.at === each.at && other.sourceId === each.sourceId && gap(other, each) <= nearby);
    const other = kept[same];
    if (!other) {
      kept.push(each);
      continue;
    }
    const start = Math.min(other.citation.passage.start, each.citation.passage.start);
    const end = Math.max(other.citation.passage.end, each.citation.passage.end);
    const text = texts.get(each.sourceId)?.slice(start, end) ?? "";
    const isQuoted = other.citation.status === "quoted";
    // The words of a quotation are all that has to be shown of it.
    if (isQuoted) continue;
    const best = each.citation.status === "quoted" ? each.citation : { ...other.citation, passage: { start, end, text } };
    kept[same] = { ...other, citation: best };
  }
  return kept;
}

const gap = (one: Placed, other: Placed) =>
  Math.max(one.citation.passage.start, other.citation.passage.start) - Math.min(one.citation.passage.end, other.citation.passage.end);
