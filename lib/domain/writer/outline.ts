import { passageNumbersIn } from "./evidence.ts";

export interface OutlineSection {
  title: string;
  /** 2, or 3 for a part of the section before it. */
  depth: 2 | 3;
  /** Numbers of the passages it is written from, each once; never empty. */
  passages: readonly number[];
}

/** What the writer decided first: the whole text where the question wants a short answer, the sections of a report otherwise. */
export type Outline = { form: "short"; text: string } | { form: "report"; sections: readonly OutlineSection[]; open: readonly string[] };

/** More sections than anybody reads; an outline in a loop ends here. */
const mostSections = 12;

/**
 * Reads an outline as models write it: the form in the first line, a heading for each section with its passages in the same line or in those
 * below it. Ids that `isKnown` does not know are dropped, and a section without any is what could not be found. Null: there is none.
 */
export function readOutline(written: string, isKnown: (passage: number) => boolean): Outline | null {
  const [, form = "", rest = written] =
    /^\s*\**form\**\s*[:：]\s*\**\s*([a-z]+)(?:\s+(?:answer|report))?[ \t*.:：-]*([\s\S]*)$/i.exec(written) ?? [];
  if (/^short/i.test(form)) return rest.trim() === "" ? null : { form: "short", text: rest.trim() };
  const sections: (OutlineSection & { passages: number[] })[] = [];
  const open: string[] = [];
  let inOpen = false;
  for (const line of rest.split("\n")) {
    const heading = /^\s*(#{1,6})\s+(.+)$/.exec(line);
    const told = /^\s*[-*]?\s*\**open\**\s*[:：]\s*\**(.*)$/i.exec(line);
    if (told) {
      inOpen = true;
      open.push(...lineOf(told[1] ?? ""));
    } else if (heading) {
      inOpen = false;
      const [, hashes = "", text = ""] = heading;
      sections.push({ title: titleOf(text), depth: hashes.length > 2 ? 3 : 2, passages: passageNumbersIn(text).filter(isKnown) });
    } else if (inOpen) open.push(...lineOf(line));
    else
      sections
        .at(-1)
        ?.passages.push(...passageNumbersIn(line).filter((each) => isKnown(each) && !sections.at(-1)?.passages.includes(each)));
  }
  const kept = sections.filter(({ title, passages }) => title !== "" && passages.length > 0).slice(0, mostSections);
  if (kept.length === 0) return null;
  const without = sections.filter(({ title, passages }) => title !== "" && passages.length === 0).map(({ title }) => title);
  return { form: "report", sections: kept, open: [...open, ...without] };
}

const lineOf = (text: string): string[] => {
  const line = text.replace(/^\s*[-*•]\s+/, "").trim();
  return line === "" || /^(?:none|nothing|无|没有)\.?$/i.test(line) ? [] : [line];
};

const longestTitle = 300;

/** A title without its ids, its number and its emphasis. */
const titleOf = (text: string): string =>
  text
    .slice(0, longestTitle)
    .replace(/[[{(（【［][^\]})）】］]*(?<![\p{L}\p{N}])p\d{1,3}[^\]})）】］]*[\]})）】］]/giu, "")
    .replace(/<citation>[^<]*<\/citation>|<[^<>]*>/gi, "")
    .replace(/(?:[\s,，、]+p\d{1,3})+\s*$/i, "")
    .replace(/^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)、]?\s+)/, "")
    .replace(/[*_`]+/g, "")
    .replace(/[\s:：|—–-]+$/, "")
    .trim();
