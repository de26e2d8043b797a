import { claims } from "#lib/reports/claims.ts";
import { findMarks } from "#lib/reports/marks.ts";
import { plainClaim } from "#lib/reports/plain-claim.ts";
import { claimsOf, leastNamedWords, sentenceOf } from "#lib/reports/resolve-anchor.ts";

/** What a mark of a finished report stands on, as plain words. */
export interface MarkedClaim {
  n: number;
  /** The whole sentence. */
  sentence: string;
  /** The sentence and what of it a mark at this place may stand for: its clause, the quotation that ends here. */
  may: string[];
}

/** What each mark of a report stands on, in their order: found from the Markdown alone, the way a mark is resolved when a report is written. */
export function markedClaims(markdown: string): MarkedClaim[] {
  const { prose, marks } = withoutMarks(markdown);
  const sentences = claims(prose);
  let [previous, current] = [0, 0];
  return marks.map(({ n, at }) => {
    if (at !== current) [previous, current] = [current, at];
    const sentence = sentenceOf(at, prose, sentences) ?? lineAt(prose, at);
    const whole = plainClaim(prose.slice(sentence.start, sentence.end));
    return { n, sentence: whole, may: [...claimsOf(prose, sentence, { previous, at, least: leastNamedWords }), whole] };
  });
}

/** A mark in a heading or in code stands on no sentence; its line is all there is. */
function lineAt(prose: string, at: number) {
  const end = prose.indexOf("\n", at);
  return { start: prose.lastIndexOf("\n", at - 1) + 1, end: end < 0 ? prose.length : end };
}

/** The report without its marks and the white space before them, and where each of them stood. */
function withoutMarks(markdown: string): { prose: string; marks: { n: number; at: number }[] } {
  let prose = "";
  let last = 0;
  const marks: { n: number; at: number }[] = [];
  for (const { n, start, end } of findMarks(markdown)) {
    const between = markdown.slice(last, start);
    const kept = between.replace(/[ \t]+$/, "");
    const opensLine = kept === "" ? prose === "" || prose.endsWith("\n") : kept.endsWith("\n");
    prose += opensLine ? between : kept;
    marks.push({ n, at: prose.length });
    last = end;
  }
  return { prose: prose + markdown.slice(last), marks };
}
