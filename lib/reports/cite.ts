import type { Citation } from "#lib/domain/citation.ts";
import { attribute } from "./attribute.ts";
import { claims } from "./claims.ts";
import { dropReferenceList } from "./drop-reference-list.ts";
import { type CitableSource, evidenceIndex } from "./evidence-index.ts";
import { resolveAnchor } from "./resolve-anchor.ts";
import { stripMarks } from "./strip-marks.ts";
import { type Placed, withMarks } from "./with-marks.ts";

export interface Cited {
  markdown: string;
  /** In the order of their marks: the k-th `[n]` of the Markdown is the k-th citation. */
  citations: Citation[];
  /** Marks of the model that named no source of this run, or one in which nothing carries the sentence. */
  removedMarks: string[];
  /** Ids of the cited sources: the k-th is the one that the marks `[k]` mean. */
  cited: string[];
}

/**
 * Resolves the marks of an answer against the sources of its run. Each `[n]` becomes a citation of the passage that carries its sentence, or is
 * taken out and recorded. Where no mark of the model holds, each sentence is attributed to the passage that carries it, or stays
 * unmarked. Sources are numbered anew by first appearance. Pure: the same answer and sources give the same report.
 */
export function cite(answer: string, sources: readonly CitableSource[]): Cited {
  const { prose, placed, removedMarks } = resolveMarks(answer, sources);
  const report = withMarks(prose, placed);
  if (report.citations.length > 0 || report.markdown === answer) return { ...report, removedMarks };
  // A mark that was taken out may have uncovered another: [1[7]]. The text is shorter each time, so this ends.
  const again = cite(report.markdown, []);
  return { ...again, removedMarks: [...removedMarks, ...again.removedMarks] };
}

export interface Resolved {
  /** The answer without its marks. */
  prose: string;
  placed: Placed[];
  removedMarks: string[];
}

/** The marks of an answer as citations that have no numbers yet. `named`: a mark names the very passage, so it stands even where nothing in it carries the sentence. */
export function resolveMarks(answer: string, sources: readonly CitableSource[], named = false): Resolved {
  const numbers = new Set(sources.map((source) => source.n));
  const { prose, anchors } = stripMarks(named ? answer : dropReferenceList(answer), (n) => numbers.has(n));
  const sentences = claims(prose);
  const index = evidenceIndex(sources);
  const removedMarks: string[] = [];
  const placed: Placed[] = [];
  let previous = 0;
  for (const anchor of anchors) {
    const resolved = resolveAnchor({ anchor, prose, sentences, previous, index, named });
    placed.push(...resolved.placed);
    removedMarks.push(...resolved.removed.map((n) => `[${n}]`));
    previous = anchor.at;
  }
  if (placed.length === 0) placed.push(...attribute(prose, sentences, index));
  return { prose, placed, removedMarks };
}
