import { questionIn } from "#lib/domain/reader-message.ts";
import { askedAlone } from "#lib/domain/transcript.ts";
import { readLaneReport } from "./lane-report.ts";
import { readQuoteLine } from "./quote-line.ts";

/** A sentence that a lane quotes, and the source it quotes it from. */
export interface LaneQuote {
  lane: number;
  n: number;
  /** As it stands in the lane's text. */
  quote: string;
  text: string;
}

export interface SynthesisPrompt {
  question: string;
  /** The numbers of the lanes that left something. */
  lanes: number[];
  quotes: LaneQuote[];
  /** By number; `original` is the first source with the same text, which may be the source itself. */
  sources: Map<number, { title: string; url: string; original: number }>;
  failures: string[];
}

const laneHead = /\n\nResearcher (\d+)(?: \([^\n]*\))?\n(?=<(?:report|answer)>\n)/g;
const sourceLine = /^\[(\d+)\] (.*) (\S+) \(read by [\d, ]+?(?:, same text as \[(\d+)\])?\)$/gm;

/**
 * What the lanes came to, as the prompt tells it behind its rules. A lane without an answer counts with what its last report keeps. What lanes
 * wrote holds no tags any more, so those that stand there are the prompt's own, and the list of sources comes behind the last of them.
 * Never throws.
 */
export function readSynthesis(body: string): SynthesisPrompt {
  const heads = [...body.matchAll(laneHead)];
  const end = Math.max(body.lastIndexOf("\n</report>"), body.lastIndexOf("\n</answer>"), 0);
  const { question } = questionIn(askedAlone(body.slice(0, heads[0]?.index)).replace(/^\s*Question:\n/, ""));
  const lanes = heads.map((head, index) => {
    const text = body.slice(head.index + head[0].length, heads[index + 1]?.index);
    return laneOf(Number(head[1]), text, question);
  });
  const sources = [...body.slice(end).matchAll(sourceLine)].map(([, n, title = "", url = "", same]) => {
    return [Number(n), { title, url, original: Number(same ?? n) }] as const;
  });
  return {
    question,
    lanes: lanes.map(({ lane }) => lane),
    quotes: lanes.flatMap(({ quotes }) => quotes),
    sources: new Map(sources),
    failures: lanes.flatMap(({ failures }) => failures),
  };
}

function laneOf(lane: number, text: string, question: string): { lane: number; quotes: LaneQuote[]; failures: string[] } {
  const report = /<report>\n([\s\S]*?)\n<\/report>/.exec(text)?.[1] ?? "";
  const answer = /<answer>\n([\s\S]*?)\n<\/answer>/.exec(text)?.[1];
  const quotes = (answer ?? report).split("\n").flatMap((line) => {
    const found = readQuoteLine(line);
    return found ? [{ lane, ...found }] : [];
  });
  return { lane, quotes, failures: readLaneReport(report, question).failures };
}
