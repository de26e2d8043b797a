import { findModelMarks } from "#lib/domain/model-marks.ts";

/** Marks that stood at one place of the prose, in the order they were written. */
export interface Anchor {
  /** Offset in the prose, right behind what the marks were set on. */
  at: number;
  /** The white space that stood before them. */
  lead: string;
  numbers: number[];
}

export interface Stripped {
  prose: string;
  anchors: Anchor[];
}

/** Takes the marks out of an answer and remembers where they stood. Marks one after the other are one anchor. */
export function stripMarks(answer: string, isSource: (n: number) => boolean): Stripped {
  let prose = "";
  let last = 0;
  const anchors: Anchor[] = [];
  for (const mark of findModelMarks(answer, isSource)) {
    const between = answer.slice(last, mark.start);
    const lead = /[ \t]*$/.exec(between)?.[0] ?? "";
    const kept = between.slice(0, between.length - lead.length);
    const previous = anchors.at(-1);
    last = mark.end;
    if (previous && /^[,，、;]?$/.test(kept) && previous.at === prose.length) {
      previous.numbers.push(...mark.numbers);
      continue;
    }
    prose += kept;
    const opensLine = prose === "" || prose.endsWith("\n");
    if (opensLine) prose += lead;
    anchors.push({ at: prose.length, lead: opensLine ? "" : lead && " ", numbers: mark.numbers });
  }
  return { prose: prose + answer.slice(last), anchors };
}
