import { chooseHits } from "./quoting/choose-hits.ts";
import { composeAnswer } from "./quoting/compose-answer.ts";
import { followNames } from "./quoting/follow-names.ts";
import { namedPhrases } from "./quoting/named-phrases.ts";
import { nextHop } from "./quoting/next-hop.ts";
import { broaderQueries, planQueries } from "./quoting/plan-queries.ts";
import { type Page, rankSentences } from "./quoting/rank-sentences.ts";
import { type Conversation, type Message, readConversation } from "./quoting/read-conversation.ts";
import { wordingFor } from "./quoting/wording.ts";

/** Pages to read after the first, second and third search: the most, and how many even if they hardly fit. */
const rounds = [
  { most: 6, fewest: 3 },
  { most: 5, fewest: 2 },
  { most: 4, fewest: 1 },
];

/**
 * The built-in policy that answers without a language model: search, read, follow what was read to the next search, then quote. It speaks
 * the dialect of the real model and sees only the conversation, so the same messages always give the same turn. It knows no question,
 * no corpus and no site.
 */
export function quotingReply(messages: readonly Message[]): string {
  const conversation = readConversation(messages);
  if (conversation.mustAnswer) return answer(conversation);
  if (conversation.lastTool === null) return plan(conversation);
  return conversation.lastTool === "search" ? read(conversation) : follow(conversation);
}

function plan(conversation: Conversation): string {
  const queries = planQueries(conversation.question);
  if (queries.length === 0) return answer(conversation);
  const wording = wordingFor(conversation.question);
  return call(wording.plan(wording.list(namedPhrases(conversation.question).slice(0, 3))), "search", { query: queries });
}

function read(conversation: Conversation): string {
  const { question, hits, visited, searches } = conversation;
  const wording = wordingFor(question);
  if (hits.length === 0 && searches === 1) {
    const broader = broaderQueries(question).filter((query) => !conversation.queries.includes(query));
    if (broader.length > 0) return call(wording.broader, "search", { query: broader });
  }
  const round = rounds[conversation.visits];
  if (!round) return answer(conversation);
  const latest = new Set(conversation.queries.slice(-conversation.lastQueries));
  const chosen = chooseHits(
    question,
    hits.filter((hit) => latest.has(hit.query)),
    { visited, ...round },
  );
  if (chosen.length === 0) return answer(conversation);
  const goal = question.replace(/\s+/g, " ").slice(0, 500);
  return call(wording.visit(wording.list(chosen.map((hit) => hit.title))), "visit", { url: chosen.map((hit) => hit.url), goal });
}

function follow(conversation: Conversation): string {
  if (conversation.visits >= rounds.length) return answer(conversation);
  const pages = pagesOf(conversation);
  const ranked = followNames(rankSentences(conversation.question, pages), pages);
  const queries = nextHop(conversation, ranked, new Map(pages.map((page) => [page.n, page.title])));
  if (queries.length === 0) return answer(conversation);
  const wording = wordingFor(conversation.question);
  return call(wording.hop(wording.list(queries.slice(0, 3))), "search", { query: queries });
}

function answer(conversation: Conversation): string {
  const wording = wordingFor(conversation.question);
  const pages = pagesOf(conversation);
  const thought = pages.length > 0 ? wording.answer(pages.length) : wording.giveUp;
  return `<think>\n${thought}\n</think>\n<answer>\n${composeAnswer(conversation.question, pages, conversation.failures)}\n</answer>`;
}

/** The pages that were read, with the titles their search results gave them: the observation of a visit has none. */
function pagesOf(conversation: Conversation): Page[] {
  const titles = new Map(conversation.hits.map((hit) => [hit.url, hit.title]));
  return conversation.pages.map(({ n, url, evidence }) => ({ n, url, title: titles.get(url) ?? "", text: evidence }));
}

/** The thought must not hold what the dialect would take for a tag. */
const call = (thought: string, name: string, parameters: Record<string, unknown>) =>
  `<think>\n${thought.replaceAll("<", "‹")}\n</think>\n<tool_call>\n${JSON.stringify({ name, arguments: parameters }).replaceAll("<", "\\u003c")}\n</tool_call>`;
