import { asObservation } from "#lib/domain/transcript.ts";
import { type LaneReport, writeLaneReport } from "./lane-report.ts";
import { readQuoteLine } from "./quote-line.ts";
import { type Message, readCall, readConversation } from "./read-conversation.ts";
import { numbersIn, withRunNumbers } from "./run-numbers.ts";
import { turnText } from "./turn-text.ts";
import { wordingFor } from "./wording.ts";

/**
 * The turn that reports on the record of a lane of ParallelMuse: what its answer quotes and what that could not find, every search and every
 * page on the way to it. In the form of a round's report. Never throws.
 */
export function compressRecord(body: string): string {
  const { question, turns, numbers } = partsOf(body);
  const wording = wordingFor(question);
  const answer = /<answer>\n([\s\S]*?)\n<\/answer>/.exec(turns.at(-1)?.said ?? "")?.[1] ?? "";
  const conversation = readConversation([{ role: "user", content: question }, ...turns.flatMap(messagesOf)]);
  const pages = withRunNumbers(conversation.pages, numbers);
  const titles = new Map(conversation.hits.map((hit) => [hit.url, hit.title]));
  const quotes = answer.split("\n").flatMap((line) => readQuoteLine(line) ?? []);
  const report: LaneReport = {
    pages: [...Map.groupBy(quotes, ({ n }) => n)].map(([n, own]) => {
      const url = numbers.find((source) => source.n === n)?.url ?? "";
      const title = titles.get(pages.find((page) => page.n === n)?.url ?? url) ?? url;
      return { n, url, title, sentences: own.map(({ text }) => text) };
    }),
    steps: turns.flatMap(({ said }): LaneReport["steps"] => {
      const call = readCall(said);
      if (!call) return [];
      if (call.name === "search") return [{ kind: "search", queries: call.queries }];
      return [{ kind: "visit", read: pages.filter((page) => call.urls.includes(page.url)).map(({ n }) => n) }];
    }),
    failures: [...new Set(conversation.failures)],
    next: [],
    open: [answer.split(`## ${wording.missing}\n\n`)[1] ?? ""],
  };
  const thought = wording.compress(quotes.length, report.pages.length);
  return turnText({ thought, section: { name: "report", text: writeLaneReport(report, wording) } });
}

interface RecordedTurn {
  said: string;
  response: string;
}

/** A turn of ours begins with its thought; its tags, made harmless in the record, are whole again here. */
const turnHead = /\n\n(?:\(\d+ turns are left out here\)\n\n)?Turn (\d+):\n(?=<\u200bthink>)/g;

function partsOf(body: string) {
  const [before = "", ...rest] = body.split("\n\nRecord:\n");
  const record = `\n\n${rest.join("\n\nRecord:\n")}`;
  const heads = [...record.matchAll(turnHead)];
  const list = record.indexOf("\n\nSources:\n", heads.at(-1)?.index ?? 0);
  const end = list < 0 ? record.length : list;
  const turns = heads.map((head, index): RecordedTurn => {
    const text = record.slice(head.index + head[0].length, heads[index + 1]?.index ?? end);
    const [said = "", ...responses] = text.split(`\n\nResponse ${head[1]}:\n`);
    return { said: said.replaceAll("<\u200b", "<"), response: responses.join("\n\n") };
  });
  return { question: before.replace(/^\s*Question:\n/, "").trim(), turns, numbers: numbersIn(record.slice(end)) };
}

const messagesOf = ({ said, response }: RecordedTurn): Message[] => [
  { role: "assistant", content: said },
  ...(response === "" ? [] : [{ role: "user" as const, content: asObservation(response) }]),
];
