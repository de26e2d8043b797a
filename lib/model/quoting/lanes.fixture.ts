import type { Event, Fact } from "#lib/domain/event.ts";
import { researcherOf } from "#lib/domain/heavy.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { synthesisFold } from "#lib/domain/synthesis.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { workspaceFold } from "#lib/domain/workspace.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import { withReport } from "#lib/model/dialects/with-section.ts";
import type { Dialect, Turn } from "#lib/model/model.ts";
import { quotingReply } from "#lib/model/quoting.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";

/** What the tools answer: texts as the tools lay them out, and the sources that came with them. */
export type World = (call: { tool: string; arguments: Record<string, unknown> }) => { text: string; sources?: SourceRef[] };

export interface HeavyLog {
  events: Event[];
  add(fact: Fact): void;
}

const run = { usage: null, finishReason: "stop", firstTextMs: 1, durationMs: 1 };

/** The log of a Heavy run that has begun. */
export function heavyLog(question: string): HeavyLog {
  const events: Event[] = [];
  const log: HeavyLog = {
    events,
    add: (fact) => void events.push({ ...fact, seq: events.length + 1, at: "2026-11-25T10:00:00.000Z" } as Event), // a numbered fact is an event
  };
  const budget = { calls: 9, minutes: 9 };
  log.add({ type: "run-queued", question, mode: "heavy", budget, whenFull: "answer", priority: "interactive", attachments: [] });
  log.add({ type: "run-started", attempt: 1, worker: "w", model: { dialect: "quoting", name: null, window: null }, systemPrompt: "S" });
  return log;
}

/** Plays a lane of the policy to its answer, through the prompts and the dialect of a real one. Gives its prompts and turns. */
export function playLane(log: HeavyLog, number: number, world: World): { prompts: ChatMessage[][]; turns: Turn[] } {
  const lane = researcherOf(number);
  const [prompts, turns]: [ChatMessage[][], Turn[]] = [[], []];
  log.add({ type: "lane-started", lane });
  for (let step = 1; step <= 20; step++) {
    const messages = workspacePrompt(log, number);
    const turn = readTurn(withReport(tongyi), quotingReply(messages, number));
    prompts.push(messages);
    turns.push(turn);
    endStep(log, { lane, step }, turn);
    if (turn.move.kind === "answer") {
      log.add({ type: "lane-ended", lane, end: "answered", answer: turn.move.text });
      return { prompts, turns };
    }
    if (turn.move.kind !== "calls") throw new Error(`No move: ${turn.raw}`);
    for (const call of turn.move.calls) if ("arguments" in call) carryOut(log, { lane, step }, call, world);
  }
  throw new Error(`No answer of ${lane}`);
}

/** The prompt of the lane's next round. */
export function workspacePrompt(log: HeavyLog, number: number): ChatMessage[] {
  const fold = workspaceFold(researcherOf(number));
  for (const event of log.events) fold.take(event);
  return fold.transcript.messages;
}

/** The user's message of the synthesis, or of an aggregation under its own rules. */
export function synthesisPrompt(log: HeavyLog, rules?: string): string {
  const fold = synthesisFold("synthesis", rules === undefined ? {} : { rules });
  for (const event of log.events) fold.take(event);
  return fold.transcript.messages[1]?.content ?? "";
}

/** A lane that ended with this report and answer, as any model may have written them. */
export function endedLane(log: HeavyLog, number: number, given: { report?: string; answer?: string; sources?: SourceRef[] }): void {
  const lane = researcherOf(number);
  log.add({ type: "lane-started", lane });
  for (const source of given.sources ?? []) log.add({ type: "source-found", lane, step: 1, callId: `${lane}-1`, source });
  log.add({ type: "step-ended", lane, step: 1, thought: "", raw: "r", move: { kind: "none" }, ...run, report: given.report ?? null });
  log.add({ type: "lane-ended", lane, end: given.answer === undefined ? "failed" : "answered", answer: given.answer ?? null });
}

export const sourceAt = (n: number, url: string, more: Partial<SourceRef> = {}): SourceRef => ({
  id: `source-${n}`,
  n,
  url,
  title: `Title ${n}`,
  site: "s.test",
  hash: `hash ${n}`,
  status: 200,
  fetchedAt: "2026-11-25T10:00:00.000Z",
  ...more,
});

export function readTurn(dialect: Dialect, reply: string): Turn {
  const reader = dialect.listen();
  for (const text of reply.match(/[^\n]*\n|[^\n]+$/g) ?? []) reader.push({ kind: "text", text });
  return reader.end("stop");
}

function endStep(log: HeavyLog, place: { lane: string; step: number }, { thought, raw, move, report }: Turn): void {
  log.add({ type: "step-ended", ...place, thought, raw, move, ...run, ...(report !== undefined && { report }) });
}

function carryOut(log: HeavyLog, place: { lane: string; step: number }, call: Parameters<World>[0], world: World): void {
  const { text, sources = [] } = world(call);
  const callId = `${place.lane}-${place.step}`;
  for (const source of sources) log.add({ type: "source-found", ...place, callId, source });
  log.add({
    type: "tool-returned",
    ...place,
    callId,
    outcome: { kind: "ok", text: withoutControlTags(text) },
    details: { kind: "none" },
    provider: null,
    attempts: [],
    cacheHit: false,
    durationMs: 1,
    sourceIds: sources.map(({ id }) => id),
  });
}

/** A world of pages: a search finds those that have a word of a query that is no grammar; a page is read whole. */
export function pagesWorld(pages: readonly { url: string; title: string; text: string; n: number; readAt?: string }[]): World {
  return (call) => {
    if (call.tool === "search") {
      const blocks = (call.arguments.query as string[]).map((query) => {
        const words = query.toLowerCase().split(/\s+/);
        const hits = pages.filter(({ title, text }) =>
          words.some((word) => word.length > 3 && `${title} ${text}`.toLowerCase().includes(word)),
        );
        if (hits.length === 0) return `No results found for '${query}'. Try with a more general query.`;
        const items = hits.map(
          ({ title, url, text }, index) => `${index + 1}. [${title}](${url})\nSource: s.test\n\n${text.replace(/\s+/g, " ")}`,
        );
        return `A Google search for '${query}' found ${hits.length} results:\n\n## Web Results\n${items.join("\n\n")}`;
      });
      return { text: blocks.join("\n=======\n") };
    }
    const read = (call.arguments.url as string[]).flatMap((url) => pages.find((page) => page.url === url) ?? []);
    const texts = read.map(
      ({ url, text }) => `The useful information in ${url} for user goal g as follows:\n\nEvidence in page:\n${text}\n\nSummary:\ns`,
    );
    return { text: texts.join("\n=======\n"), sources: read.map(({ n, url, title, readAt }) => sourceAt(n, readAt ?? url, { title })) };
  };
}
