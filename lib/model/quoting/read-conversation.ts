import { messagesIn, questionIn } from "#lib/domain/reader-message.ts";
import { askedAlone } from "#lib/domain/transcript.ts";
import { oneLine } from "#lib/std/one-line.ts";

export interface Message {
  role: "system" | "user" | "assistant" | "tool";
  content: string;
}

export interface Hit {
  query: string;
  /** Place in its query's list, from 0. */
  rank: number;
  title: string;
  url: string;
  snippet: string;
}

export interface PageSeen {
  /** Number of the source: the pages that were read, in reading order, from 1. */
  n: number;
  url: string;
  evidence: string;
  summary: string;
}

export interface Conversation {
  /** With what its reader added to it. */
  question: string;
  /** What the reader added. */
  messages: string[];
  queries: string[];
  /** How many of them the last call asked. */
  lastQueries: number;
  visited: string[];
  hits: Hit[];
  pages: PageSeen[];
  /** In words, as the observations said it. */
  failures: string[];
  searches: number;
  visits: number;
  lastTool: "search" | "visit" | null;
  /** The last message orders an answer, or what came back cannot be read as an observation. */
  mustAnswer: boolean;
}

const observation = /^\s*<tool_response>\n?([\s\S]*?)\n?<\/tool_response>\s*$/;
const separator = "\n=======\n";

/** What the conversation says about itself: the question, what was asked of the tools and what they answered. Never throws. */
export function readConversation(messages: readonly Message[]): Conversation {
  const start = messages.findIndex((message) => message.role === "user");
  const conversation: Conversation = {
    ...questionIn(askedAlone(messages[start]?.content ?? "")),
    queries: [],
    lastQueries: 0,
    visited: [],
    hits: [],
    pages: [],
    failures: [],
    searches: 0,
    visits: 0,
    lastTool: null,
    mustAnswer: false,
  };
  let call: Call | null = null;
  for (const message of messages.slice(start + 1)) {
    if (message.role === "assistant") call = readCall(message.content);
    else if (message.role === "user") addFromUser(conversation, call, message.content);
  }
  return conversation;
}

function addFromUser(conversation: Conversation, call: Call | null, content: string): void {
  const added = messagesIn(content);
  if (added.length === 0) addObservation(conversation, call, content);
  conversation.messages.push(...added);
  conversation.question = [conversation.question, ...added].join("\n");
}

export interface Call {
  name: string;
  queries: string[];
  urls: string[];
}

/** The call of a turn; null when there is none or it is none of our own. */
export function readCall(content: string): Call | null {
  const json = /<tool_call>\s*([\s\S]*?)\s*<\/tool_call>/.exec(content.slice(content.lastIndexOf("</think>") + 1))?.[1];
  if (!json) return null;
  try {
    const { name, arguments: given = {} } = JSON.parse(json) as { name?: string; arguments?: { query?: unknown; url?: unknown } };
    return { name: String(name), queries: strings(given.query), urls: strings(given.url) };
  } catch {
    return null; // not one of our own calls
  }
}

const strings = (value: unknown) => (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");

/** Adds what a call came to. Without an observation that can be read there is nothing to go on from but an answer. */
export function addObservation(conversation: Conversation, call: Call | null, content: string): void {
  const text = observation.exec(content)?.[1];
  conversation.mustAnswer = text === undefined || call === null;
  if (text === undefined || call === null) return;
  if (call.name === "search") {
    conversation.searches++;
    conversation.lastTool = "search";
    conversation.queries.push(...call.queries);
    conversation.lastQueries = call.queries.length;
    for (const [index, block] of text.split(separator).entries()) addSearch(conversation, call.queries[index] ?? "", block);
  } else {
    conversation.visits++;
    conversation.lastTool = "visit";
    conversation.visited.push(...call.urls);
    for (const block of text.split(/\n=======\n(?=The useful information in |Error fetching )/)) addPage(conversation, block);
  }
}

const hitHead = /^\d+\. \[(.*)\]\((.+)\)\s*$/;

/** The last sentence of a search that failed tells a model what to do next; a reader only wants the failure. */
const adviceToModel = / Try [^.]*\.$/;

function addSearch(conversation: Conversation, query: string, block: string): void {
  const body = block.split("## Web Results\n")[1];
  if (body === undefined) {
    if (block.trim() !== "") conversation.failures.push(shortLine(block).replace(adviceToModel, ""));
    return;
  }
  let hit: Hit | null = null;
  let rank = 0;
  for (const line of body.split("\n")) {
    const head = hitHead.exec(line);
    if (head) {
      hit = { query, rank: rank++, title: (head[1] ?? "").trim(), url: head[2] ?? "", snippet: "" };
      conversation.hits.push(hit);
    } else if (hit && line.trim() !== "" && !/^(?:Date published|Source): /.test(line))
      hit.snippet += `${hit.snippet && " "}${line.trim()}`;
  }
}

const pageBlock =
  /^The useful information in (.+?) for user goal [\s\S]*? as follows:\s*\n+Evidence in page:\s*\n([\s\S]*?)\n+Summary:\s*\n([\s\S]*)$/;
const unread = /^The (?:provided )?(?:web ?)?page (?:content )?could not be (?:read|accessed|processed)/;

function addPage(conversation: Conversation, block: string): void {
  const match = pageBlock.exec(block.trim());
  if (!match) {
    if (block.trim() !== "") conversation.failures.push(shortLine(block));
    return;
  }
  const [, url = "", evidence = "", summary = ""] = match;
  if (unread.test(summary.trim())) conversation.failures.push(`${url}: ${shortLine(evidence)}`);
  else conversation.pages.push({ n: conversation.pages.length + 1, url, evidence: evidence.trim(), summary: summary.trim() });
}

const shortLine = (text: string) => oneLine(text).slice(0, 300);
