import { chooseHits } from "./choose-hits.ts";
import { composeAnswer } from "./compose-answer.ts";
import { followNames } from "./follow-names.ts";
import { namedPhrases } from "./named-phrases.ts";
import { nextHop } from "./next-hop.ts";
import { broaderQueries, planQueries } from "./plan-queries.ts";
import { type Page, rankSentences } from "./rank-sentences.ts";
import type { Conversation } from "./read-conversation.ts";
import { wordingFor } from "./wording.ts";

/** What the policy does next, and why in words. */
export interface Decision {
  thought: string;
  move: { kind: "search"; queries: string[] } | { kind: "visit"; urls: string[]; goal: string } | { kind: "answer"; text: string };
}

/** Pages to read after the first, second and third search: the most, and how many even if they hardly fit. */
const rounds = [
  { most: 6, fewest: 3 },
  { most: 5, fewest: 2 },
  { most: 4, fewest: 1 },
];

/** More queries than these are no addition to a question. */
const mostAdded = 5;

/** What to read now; each message of the reader's is good for one more time. Undefined: enough was read. */
const roundOf = ({ visits, messages }: Conversation) =>
  rounds[visits] ?? (visits < rounds.length + messages.length ? rounds.at(-1) : undefined);

/**
 * The policy: search, read, follow what was read to the next search, then quote. `sample` says which of several lanes on the same question
 * this is: each searches for other parts of the question and follows other names; the first does what a single lane does. The same
 * conversation and sample always give the same decision.
 */
export function decide(conversation: Conversation, sample: number): Decision {
  if (conversation.mustAnswer) return answer(conversation);
  if (conversation.lastTool === null) return plan(conversation, sample);
  const added = unasked(conversation);
  if (added.length > 0) return { thought: addedWords(conversation, added), move: { kind: "search", queries: added } };
  return conversation.lastTool === "search" ? read(conversation) : follow(conversation, sample);
}

function plan(conversation: Conversation, sample: number): Decision {
  const { question } = conversation;
  const queries = planQueries(question, sample);
  if (queries.length === 0) return answer(conversation);
  const wording = wordingFor(question);
  const isUsual = queries[0] === planQueries(question)[0];
  const thought = isUsual
    ? wording.plan(wording.list(namedPhrases(question).slice(0, 3)))
    : wording.otherPlan(wording.list(queries.slice(0, 3)));
  return { thought, move: { kind: "search", queries } };
}

function addedWords({ question }: Conversation, queries: readonly string[]): string {
  const wording = wordingFor(question);
  return wording.added(wording.list(queries.slice(0, 3)));
}

/** What to search for because the reader added to the question: a message of which nothing was searched yet. */
function unasked({ messages, queries }: Conversation): string[] {
  const open = messages.map((message) => planQueries(message)).filter((planned) => !planned.some((query) => queries.includes(query)));
  return [...new Set(open.flat())].slice(0, mostAdded);
}

function read(conversation: Conversation): Decision {
  const { question, hits, visited, searches } = conversation;
  const wording = wordingFor(question);
  if (hits.length === 0 && searches === 1) {
    const broader = broaderQueries(question).filter((query) => !conversation.queries.includes(query));
    if (broader.length > 0) return { thought: wording.broader, move: { kind: "search", queries: broader } };
  }
  const round = roundOf(conversation);
  if (!round) return answer(conversation);
  const latest = new Set(conversation.queries.slice(-conversation.lastQueries));
  const chosen = chooseHits(
    question,
    hits.filter((hit) => latest.has(hit.query)),
    { visited, ...round },
  );
  if (chosen.length === 0) return answer(conversation);
  const goal = question.replace(/\s+/g, " ").slice(0, 500);
  const thought = wording.visit(wording.list(chosen.map((hit) => hit.title)));
  return { thought, move: { kind: "visit", urls: chosen.map((hit) => hit.url), goal } };
}

function follow(conversation: Conversation, sample: number): Decision {
  if (!roundOf(conversation)) return answer(conversation);
  const pages = pagesOf(conversation);
  const ranked = followNames(rankSentences(conversation.question, pages), pages);
  const queries = nextHop(conversation, ranked, { titles: pages.map((page) => page.title), sample });
  if (queries.length === 0) return answer(conversation);
  const wording = wordingFor(conversation.question);
  return { thought: wording.hop(wording.list(queries.slice(0, 3))), move: { kind: "search", queries } };
}

function answer(conversation: Conversation): Decision {
  const wording = wordingFor(conversation.question);
  const pages = pagesOf(conversation);
  const thought = pages.length > 0 ? wording.answer(pages.length) : wording.giveUp;
  return { thought, move: { kind: "answer", text: composeAnswer(conversation.question, pages, conversation.failures) } };
}

/** The pages that were read, with the titles their search results gave them: the observation of a visit has none. */
export function pagesOf(conversation: Conversation): Page[] {
  const titles = new Map(conversation.hits.map((hit) => [hit.url, hit.title]));
  return conversation.pages.map(({ n, url, evidence }) => ({ n, url, title: titles.get(url) ?? "", text: evidence }));
}
