import { cutEvenly, cutTo } from "#lib/std/cut-evenly.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { Event, StepMove } from "./event.ts";
import { independentSources } from "./independent-sources.ts";
import { citingOwn, hasContent, type LaneOutcome, laneOutcomes, laneTrouble } from "./lane-outcome.ts";
import { emptyLaneState, endStepIn, noteIn } from "./lane-state.ts";
import { messagesText } from "./reader-message.ts";
import { synthesisRules, synthesisSystem } from "./synthesis-rules.ts";
import { asAsked, asObservation, type Transcript, type TranscriptFold } from "./transcript.ts";

/** Of the window, what the prompt may take; without a known one upstream's limit of a conversation. */
const windowShare = 0.65;
const unknownWindow = 110 * 1024;
/** More than this of one lane is not needed: a report has at most 1,500 words, and an answer about as many. */
const mostPerLane = 12_000;
/** In a window of 8,192 sixteen lanes have this much. */
const leastPerLane = 100;
/** What stands around a lane's texts: its name, the tags, what became of it. */
const labelTokens = 200;
/** Characters of a line that a server or a page has written. */
const mostOfTrouble = 300;
const mostOfTitle = 200;
const mostOfUrl = 500;
const mostHalvings = 4;
/** Of the prompt, what the list of sources may take: sixteen lanes read hundreds of pages. */
const mostOfSources = 0.25;
/** And what the reader added to the question. */
const mostOfMessages = 0.1;

export interface SynthesisOptions {
  /** Tokens the synthesis model takes in all. */
  window?: number | null;
  /** Who it is and how it is to write: what differs between the strategies. The rules stand first in the user's message. */
  system?: string;
  rules?: string;
}

/**
 * The synthesis of a Heavy run as a fold over its log: question, each lane's last report and answer, and the sources with the lanes that read
 * them; never a trajectory.
 */
export function synthesisFold(
  lane: string,
  { window = null, system = synthesisSystem, rules = synthesisRules }: SynthesisOptions = {},
): TranscriptFold {
  const transcript: Transcript = { ...emptyLaneState(), messages: [], countedTokens: null, uncountedTokens: 0, shrinks: true };
  const before: Event[] = [];
  const outcomes = new Map<number, LaneOutcome>();
  const own: Transcript["messages"] = [];
  let question = "";
  let overflows = 0;
  const lay = (): void => {
    const most = Math.floor(((window ?? unknownWindow / windowShare) * windowShare) / 2 ** overflows);
    const said = own.reduce((sum, { content }) => sum + roughTokens(content), roughTokens(system));
    const added = transcript.reader.delivered.map(({ text }) => text);
    const user = layOut({ rules, question, added }, inOrder(outcomes), most - said);
    transcript.messages = [{ role: "system", content: system }, { role: "user", content: user }, ...own];
  };
  const take = (event: Event): void => {
    if (event.type === "run-queued") question = asAsked(event);
    if (event.type === "message-queued") noteIn(transcript, event, lane);
    if (!("lane" in event)) return; // "finish with what we have" has been heard by the lanes: this is what it finishes with
    if (event.lane !== lane) {
      before.push(event);
      // Nobody asks before the last lane has ended; each that ends is one more to read.
      if (event.type !== "lane-ended") return;
      for (const lane of laneOutcomes(before)) if (!outcomes.has(lane.number)) outcomes.set(lane.number, citingOwn(lane));
      lay();
      return;
    }
    if (event.type === "step-ended") {
      // A call was not offered: what it asks for is not carried out, and the turn comes to nothing.
      const move: StepMove = event.move.kind === "calls" ? { kind: "none", problem: noTools } : event.move;
      endStepIn(transcript, { ...event, move });
      const problem = "problem" in move ? move.problem : undefined;
      own.push({ role: "assistant", content: event.raw });
      if (problem !== undefined) own.push({ role: "user", content: asObservation(problem) });
      lay();
      return;
    }
    if (event.type === "model-failed") {
      if (event.reason !== "context-overflow") return;
      transcript.shrinks = ++overflows < mostHalvings;
      lay();
      return;
    }
    noteIn(transcript, event, lane);
    if (event.type === "message-delivered") lay();
  };
  return { transcript, take };
}

const noTools = "There are no tools here: everything there is stands above. Write the final response between <answer> and </answer>.";

const inOrder = (outcomes: ReadonlyMap<number, LaneOutcome>) => [...outcomes.values()].sort((one, other) => one.number - other.number);

interface Asked {
  rules: string;
  question: string;
  /** By the reader, since. */
  added: readonly string[];
}

function layOut({ rules, question, added }: Asked, outcomes: readonly LaneOutcome[], tokens: number): string {
  const lanes = outcomes.filter(hasContent);
  const lines = sourceLines(lanes, tokens * mostOfSources);
  const messages = cutEvenly(added, tokens * mostOfMessages);
  const asked = [cutTo(withoutControlTags(question), tokens * 0.2), ...(messages.length > 0 ? [messagesText(messages)] : [])].join("\n\n");
  const room = tokens - roughTokens(rules) - roughTokens(asked) - roughTokens(lines) - labelTokens * outcomes.length;
  const each = Math.min(mostPerLane, Math.max(leastPerLane, Math.floor(room / Math.max(1, lanes.length))));
  const without = outcomes.filter((lane) => !hasContent(lane)).map((lane) => `${troubleOf(lane)} It left nothing.`);
  return [rules, `Question:\n${asked}`, ...lanes.map((lane) => laneText(lane, each)), ...without, ...(lines === "" ? [] : [lines])].join(
    "\n\n",
  );
}

/** Report and answer share the room; an answer that says it all needs less of the report. */
function laneText(lane: LaneOutcome, tokens: number): string {
  const answer = cutTo(withoutControlTags(lane.answer ?? "").trim(), Math.floor(tokens * 0.5));
  const report = cutTo(withoutControlTags(lane.report ?? "").trim(), tokens - roughTokens(answer));
  const parts = [
    `Researcher ${lane.number}${lane.end === "answered" ? "" : ` (${troubleOf(lane).replace(/\.$/, "")})`}`,
    ...(report === "" ? [] : [`<report>\n${report}\n</report>`]),
    ...(answer === "" ? [] : [`<answer>\n${answer}\n</answer>`]),
  ];
  return parts.join("\n");
}

/** What it came to, on one line whatever a server said in it. */
const troubleOf = (lane: LaneOutcome) => lineOf(laneTrouble(lane), mostOfTrouble);
const lineOf = (text: string, characters: number) => {
  const line = withoutControlTags(oneLine(text));
  return line.length > characters ? `${line.slice(0, characters).toWellFormed()}…` : line;
};

/**
 * The sources by number, with the researchers that read them. Copies of one text say so: they are one source. When there is not room for all,
 * those that no researcher names are left out first.
 */
function sourceLines(lanes: readonly LaneOutcome[], tokens: number): string {
  const readers = new Map<number, number[]>();
  const sources = new Map(lanes.flatMap((lane) => lane.sources.map((source) => [source.n, source] as const)));
  for (const lane of lanes) for (const { n } of lane.sources) readers.set(n, [...(readers.get(n) ?? []), lane.number]);
  const firstOf = new Map<number, number>();
  for (const [first, ...copies] of independentSources([...sources.values()]))
    for (const { n } of copies) if (first) firstOf.set(n, first.n);
  const all = [...sources.values()]
    .sort((one, other) => one.n - other.n)
    .map(({ n, title, url }) => {
      const same = firstOf.get(n);
      const copy = same === undefined ? "" : `, same text as [${same}]`;
      // On one line, whatever a page calls itself: a title must not pass for another source.
      const named = `${lineOf(title, mostOfTitle)} ${lineOf(url, mostOfUrl)}`;
      return { n, line: `[${n}] ${named} (read by ${(readers.get(n) ?? []).join(", ")}${copy})` };
    });
  const kept = fitting(all, namedIn(lanes), tokens);
  if (all.length === 0) return "";
  const left = all.length - kept.length;
  return ["Sources:", ...kept, ...(left > 0 ? [`(${left} more sources are left out here)`] : [])].join("\n");
}

function fitting(all: readonly { n: number; line: string }[], named: ReadonlySet<number>, tokens: number): string[] {
  let left = tokens;
  const taken = new Set<number>();
  for (const { n, line } of all.toSorted((one, other) => Number(named.has(other.n)) - Number(named.has(one.n)))) {
    const size = roughTokens(line) + 1;
    if (size > left) continue;
    left -= size;
    taken.add(n);
  }
  return all.filter(({ n }) => taken.has(n)).map(({ line }) => line);
}

/** Every number that the lanes wrote in brackets, in any of the shapes of a mark. What is none of them does no harm here. */
const namedIn = (lanes: readonly LaneOutcome[]): Set<number> =>
  new Set(
    lanes.flatMap(({ report, answer }) =>
      [...`${report ?? ""}\n${answer ?? ""}`.matchAll(/[[【［]\^?(\d[\d\s,，;、^–-]{0,60})/g)].flatMap(([, numbers = ""]) =>
        numbers.split(/[,，;、^]/).flatMap(numbersOf),
      ),
    ),
  );

const widestRange = 10;
function numbersOf(text: string): number[] {
  const [first = 0, last = first] = text.split(/[–-]/).map(Number);
  return last > first && last - first <= widestRange
    ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
    : [first, last];
}
