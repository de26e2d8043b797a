import { questionIn } from "#lib/domain/reader-message.ts";
import { askedAlone, asObservation } from "#lib/domain/transcript.ts";
import { emptyReport } from "#lib/domain/workspace.ts";
import { workspaceRules } from "#lib/domain/workspace-rules.ts";
import { type LaneReport, readLaneReport } from "./lane-report.ts";
import { addObservation, type Conversation, type Message, type PageSeen, readCall } from "./read-conversation.ts";
import { numbersIn, type RunNumber, withRunNumbers } from "./run-numbers.ts";

/** What a round of IterResearch knows: the conversation so far as its report and the last response tell it, and the steps it was made in. */
export interface Workspace {
  conversation: Conversation;
  steps: LaneReport["steps"];
}

/**
 * A round's prompt as the conversation it stands for. Nothing but the report is kept between rounds, so it holds all the policy has to
 * know: what was searched and read, the sentences worth keeping, and the titles of the pages it went to read. Never throws; what
 * cannot be read leads to an answer from what is known.
 */
export function readWorkspace(messages: readonly Message[]): Workspace {
  const [asked, ...further] = messages.filter((message) => message.role === "user");
  const { asks, report, action, response, numbers } = partsOf(asked?.content ?? "");
  const known = report === emptyReport ? null : readLaneReport(report, asks.question);
  const conversation = conversationOf(asks, known);
  const steps = [...(known?.steps ?? [])];
  const isTold = further.length > 0 || (known?.isCut ?? false);
  conversation.mustAnswer = isTold;
  if (action === null) return { conversation, steps };
  const pagesBefore = conversation.pages.length;
  const call = readCall(`<tool_call>\n${action}\n</tool_call>`);
  addObservation(conversation, call, response === null ? "" : asObservation(withSummaries(response)));
  conversation.mustAnswer ||= isTold;
  const fresh = withRunNumbers(conversation.pages.splice(pagesBefore), numbers);
  for (const page of fresh) addPage(conversation.pages, page);
  if (call?.name === "search") steps.push({ kind: "search", queries: call.queries });
  else if (call) steps.push({ kind: "visit", read: fresh.map((page) => page.n) });
  return { conversation, steps };
}

type Asks = Pick<Conversation, "question" | "messages">;

interface Parts {
  asks: Asks;
  report: string;
  action: string | null;
  response: string | null;
  /** The numbers under which the run keeps the pages of the response. */
  numbers: RunNumber[];
}

/**
 * The question is as it was asked and may hold anything; what follows holds no tags but its own. So the report is the last one, and
 * everything else is looked for behind it.
 */
function partsOf(asked: string): Parts {
  const body = asked.slice(workspaceRules.length);
  const [opening, closing] = ["\n\n<report>\n", "\n</report>"];
  const at = body.lastIndexOf(opening);
  const end = body.indexOf(closing, at);
  const rest = body.slice(end + closing.length);
  return {
    asks: questionIn(askedAlone(body.slice(0, at)).replace(/^\s*Question:\n/, "")),
    report: body.slice(at + opening.length, end).trim(),
    action: /\n<last_action>\n([\s\S]*?)\n<\/last_action>/.exec(rest)?.[1] ?? null,
    response: /\n<tool_response>\n([\s\S]*)\n<\/tool_response>/.exec(rest)?.[1] ?? null,
    numbers: numbersIn(rest.split("\n</tool_response>\n\nSources of this response:\n")[1] ?? ""),
  };
}

function conversationOf(asks: Asks, known: ReturnType<typeof readLaneReport> | null): Conversation {
  const searches = known?.steps.filter((step) => step.kind === "search") ?? [];
  const titled = [...(known?.pages ?? []), ...(known?.next ?? [])];
  return {
    ...asks,
    queries: searches.flatMap((search) => search.queries),
    lastQueries: searches.at(-1)?.queries.length ?? 0,
    visited: [...(known?.pages ?? []).map((page) => page.url), ...(known?.unread ?? [])],
    // Only for their titles: no query of this round found them.
    hits: titled.map(({ title, url }) => ({ query: "", rank: 0, title, url, snippet: "" })),
    pages: (known?.pages ?? []).map(({ n, url, sentences }) => ({ n, url, evidence: sentences.join("\n"), summary: "" })),
    failures: [...(known?.failures ?? [])],
    searches: searches.length,
    visits: (known?.steps.length ?? 0) - searches.length,
    lastTool: null,
    mustAnswer: false,
  };
}

/** A page whose text was cut to the room of the prompt has lost its summary, and with it the form a page is known by. */
const withSummaries = (response: string) =>
  response
    .split(/\n=======\n(?=The useful information in )/)
    .map((page) => (page.startsWith("The useful information in ") && !page.includes("\nSummary:") ? `${page}\n\nSummary:\n(cut)` : page))
    .join("\n=======\n");

/** Two addresses may lead to one source: it is one page. */
function addPage(pages: PageSeen[], page: PageSeen): void {
  const same = pages.find(({ n }) => n === page.n);
  if (!same) pages.push(page);
  else if (!same.evidence.includes(page.evidence)) same.evidence += `\n${page.evidence}`;
}
