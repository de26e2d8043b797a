import type { AttachmentRef } from "./attachment.ts";
import type { Budget } from "./budget.ts";
import type { Event, EventOf, ForcedBy, StepMove, StepUsage, Writes } from "./event.ts";
import type { HeavyPlan } from "./heavy.ts";
import { type LaneView, plannedLanes, withLanes } from "./lane-view.ts";
import { isOpen, type MessageView, withMessages } from "./message-view.ts";
import type { ModelCard } from "./model-card.ts";
import { noOutage, type Outage, withOutage } from "./outage.ts";
import { isReporting, judgeLane } from "./reporting-lanes.ts";
import type { RunMode, RunStatus, Termination, Usage } from "./run.ts";
import { healthyStart, type SearchHealth, withSearch } from "./search-health.ts";
import type { SourceRef } from "./source.ts";
import type { ToolDetails } from "./tool-details.ts";
import { isAskedAgain } from "./workspace.ts";

/** A tool call on the screen. While it runs it has no `returned`. */
export interface CallView {
  callId: string;
  tool: string;
  arguments: Record<string, unknown>;
  calledAt: string;
  returned: Pick<
    EventOf<"tool-returned">,
    "outcome" | "details" | "provider" | "attempts" | "cacheHit" | "durationMs" | "sourceIds" | "flags"
  > | null;
}

export interface ModelFailureView {
  attempt: number;
  reason: EventOf<"model-failed">["reason"];
  detail: string;
  retryInMs: number | null;
  /** The next try comes as soon as a server is back; `retryInMs` is the longest wait. */
  untilBack: boolean;
  at: string;
}

/** The server has the request and sends nothing: since when, and how many requests it works on and has waiting, where it tells. */
export interface SilenceView {
  since: string;
  running: number | null;
  waiting: number | null;
  /** Waiting among our own requests, before the server was asked. */
  ours: boolean;
}

/** One thought of one lane and the tool call it caused. Derived, never stored. */
export interface StepView {
  kind: "step";
  key: string; // lane:step
  lane: string;
  step: number;
  /** thinking: text arrives. acting: the thought has ended, a call runs. ended: nothing more will come. */
  state: "thinking" | "acting" | "ended";
  thought: string;
  answer: string;
  /** Where rounds rewrite a report: as it streams, and then as the step wrote it. */
  report: string;
  /** Which part of the run's report it wrote, or how many sentences of it were compared. */
  writes: Writes | null;
  /** It was asked for a report and wrote none: then it was asked once more, or the report before stayed. */
  reportMissing: "asked-again" | "kept" | null;
  /** The earlier step of its lane that asked for exactly the same. */
  repeatOf: number | null;
  /** Set where the step summarised the conversation, so that it goes on from this text. */
  summary: string | null;
  move: StepMove | null;
  forced: ForcedBy | null;
  failures: readonly ModelFailureView[];
  /** Set while nothing comes from the model. */
  silence: SilenceView | null;
  calls: readonly CallView[];
  startedAt: string;
  /** Until the thought ended; `durationMs` adds the calls, which run side by side. */
  thinkingMs: number | null;
  durationMs: number | null;
  /** Set while the run is paused in it: an unfinished thought is void, a call that had not returned is made again. */
  paused?: true;
  /** Set where only what a folded step shows is here (see lightView). */
  light?: true;
}

/** A fact about the run as a whole that belongs between two steps. */
export type NoticeView = { kind: "notice"; key: string; at: string } & (
  | { notice: "resumed"; attempt: number; afterStep: number }
  | { notice: "stop-requested"; stop: "now" | "finish" }
  | { notice: "model-back"; back: boolean; waitedMs: number }
  | { notice: "run-paused" }
  | { notice: "run-resumed"; afterStep: number }
  /** Stands where it was delivered first, or where it was lost; `view.messages` tells what became of it since. */
  | { notice: "message"; messageId: string }
);
export type RowView = StepView | NoticeView;

/** A page a call wanted and did not get. */
export interface UnreadView {
  url: string;
  site: string;
  reason: string;
  detail: string | null;
  step: number;
}

/** A search hit: seen, whether or not it was read afterwards. */
export interface SeenView {
  url: string;
  title: string;
  site: string;
  step: number;
}

/** What the screen shows of a run: a fold of its events, nothing else. */
export interface RunView {
  lastSeq: number;
  question: string;
  /** The files it may read. */
  attachments: readonly AttachmentRef[];
  /** The run whose tool results this one is given again. */
  replayOf: string | null;
  /** It researches nothing: the report of another run is written again. */
  rewrite: EventOf<"run-queued">["rewrite"] | null;
  /** The report that the question goes on from. */
  basis: { reportId: string; question: string } | null;
  mode: RunMode;
  heavy: HeavyPlan | null;
  /** Of a Heavy run: the researchers by number, then the synthesis. */
  lanes: readonly LaneView[];
  budget: Budget | null;
  status: RunStatus;
  termination: Termination | null;
  detail: string | null;
  model: ModelCard | null;
  attempt: number;
  rows: readonly RowView[];
  sources: readonly (SourceRef & { step: number })[];
  seen: readonly SeenView[];
  /** Hits before the first of `seen`, where a light view left them out. */
  seenBefore: number;
  unread: readonly UnreadView[];
  searchHealth: SearchHealth;
  stopRequestedAt: string | null;
  /** Since when it is paused; null while it is not. */
  pausedAt: string | null;
  /** What the reader added to the question, in order. */
  messages: readonly MessageView[];
  /** Nothing is researched any more: the report is being written, or its sentences are being compared. */
  reporting: "writing" | "comparing" | null;
  /** Time that is not taken from the run's minutes. */
  outage: Outage;
  reportId: string | null;
  usage: Usage;
  /** Tokens of the last prompt and its completion: how full the model's window is. */
  contextTokens: number;
  queuedAt: string | null;
  startedAt: string | null;
  endedAt: string | null;
}

export const emptyRunView: RunView = {
  lastSeq: 0,
  question: "",
  attachments: [],
  replayOf: null,
  rewrite: null,
  basis: null,
  mode: "react",
  heavy: null,
  lanes: [],
  budget: null,
  status: "queued",
  termination: null,
  detail: null,
  model: null,
  attempt: 0,
  rows: [],
  sources: [],
  seen: [],
  seenBefore: 0,
  unread: [],
  searchHealth: healthyStart,
  stopRequestedAt: null,
  pausedAt: null,
  messages: [],
  reporting: null,
  reportId: null,
  outage: noOutage,
  usage: { calls: 0, promptTokens: 0, completionTokens: 0, cachedTokens: 0 },
  contextTokens: 0,
  queuedAt: null,
  startedAt: null,
  endedAt: null,
};

/** The view of a run from its events, in any number of portions: events at or below `view.lastSeq` are skipped, so replays are harmless. */
export function runView(events: Iterable<Event>, view: RunView = emptyRunView): RunView {
  const draft: Draft = {
    ...view,
    attachments: [...view.attachments],
    rows: [...view.rows],
    sources: [...view.sources],
    seen: [...view.seen],
    unread: [...view.unread],
  };
  for (const event of events) {
    if (event.seq <= draft.lastSeq) continue;
    draft.lastSeq = event.seq;
    draft.lanes = withLanes(draft.lanes, event);
    draft.outage = withOutage(draft.outage, event);
    tellMessages(draft, event);
    apply(draft, event);
  }
  return draft.lastSeq === view.lastSeq ? view : draft;
}

/** What is looked up at many events of a fold, so that a long log is not gone through for each. Made once for a fold, and only where it is needed. */
interface Index {
  /** By lane and calls: the first step that asked for exactly these. */
  askedIn?: Map<string, number>;
  seenUrls?: Set<string>;
  stepKeys?: Set<string>;
}
const indexes = new WeakMap<Draft, Index>();

function indexOf(view: Draft): Index {
  const index = indexes.get(view) ?? {};
  indexes.set(view, index);
  return index;
}

function askedInOf(view: Draft): Map<string, number> {
  const index = indexOf(view);
  if (index.askedIn) return index.askedIn;
  index.askedIn = new Map();
  for (const row of view.rows) {
    if (row.kind !== "step" || row.move?.kind !== "calls" || row.reportMissing === "asked-again") continue;
    const asked = `${row.lane} ${JSON.stringify(row.move)}`;
    if (!index.askedIn.has(asked)) index.askedIn.set(asked, row.step);
  }
  return index.askedIn;
}

function seenUrlsOf(view: Draft): Set<string> {
  const index = indexOf(view);
  index.seenUrls ??= new Set(view.seen.map((hit) => hit.url));
  return index.seenUrls;
}

/** The step that changes is one of the last, or a new one. */
const lastRows = 50;
function stepAt(view: Draft, key: string): number {
  for (let at = view.rows.length - 1; at >= Math.max(0, view.rows.length - lastRows); at--) if (view.rows[at]?.key === key) return at;
  const index = indexOf(view);
  index.stepKeys ??= new Set(view.rows.map((row) => row.key));
  const isKnown = index.stepKeys.has(key);
  index.stepKeys.add(key);
  return isKnown ? view.rows.findLastIndex((row) => row.key === key) : -1;
}

type Draft = {
  -readonly [K in keyof RunView]: K extends "lanes" | "messages" ? RunView[K] : RunView[K] extends readonly (infer T)[] ? T[] : RunView[K];
};

function apply(view: Draft, event: Event): void {
  switch (event.type) {
    case "run-queued":
      Object.assign(view, {
        question: event.question,
        attachments: event.attachments,
        replayOf: event.replayOf ?? null,
        rewrite: event.rewrite ?? null,
        basis: event.basis ? { reportId: event.basis.reportId, question: event.basis.question } : null,
        mode: event.mode,
        heavy: event.heavy ?? null,
        lanes: event.heavy ? plannedLanes(event.heavy) : [],
        budget: event.budget,
        queuedAt: event.at,
      });
      return;
    case "run-started":
      startRun(view, event);
      return;
    case "lane-started":
      if (isReporting(event.lane)) view.reporting = event.lane === judgeLane ? "comparing" : "writing";
      return;
    case "lane-ended":
      endLane(view, event);
      return;
    case "text-appended":
      changeStep(view, event, (step) => ({ ...step, silence: null, [event.channel]: step[event.channel] + event.text }));
      return;
    case "model-failed":
      changeStep(view, event, (step) => ({
        ...step,
        thought: "",
        answer: "",
        report: "",
        silence: null,
        failures: [...step.failures, failureOf(event)],
      }));
      return;
    case "model-silent":
      changeStep(view, event, (step) => ({ ...step, silence: silenceOf(event) }));
      return;
    case "model-returned":
      changeStep(view, event, (step) => ({
        ...step,
        failures: step.failures.map((failure) => ({ ...failure, untilBack: false, retryInMs: event.back ? 0 : null })),
      }));
      pushNotice(view, event, { notice: "model-back", back: event.back, waitedMs: event.waitedMs });
      return;
    case "context-compacted":
      endCompaction(view, event);
      return;
    case "step-ended":
      endStep(view, event);
      return;
    case "tool-called":
      changeStep(view, event, (step) => ({
        ...step,
        state: "acting",
        calls: [...step.calls, { callId: event.callId, tool: event.tool, arguments: event.arguments, calledAt: event.at, returned: null }],
      }));
      return;
    case "tool-returned":
      returnCall(view, event);
      return;
    case "source-found":
      if (!view.sources.some((source) => source.id === event.source.id)) view.sources.push({ ...event.source, step: event.step });
      return;
    case "stop-requested":
      view.stopRequestedAt ??= event.at;
      pushNotice(view, event, { notice: "stop-requested", stop: event.kind });
      return;
    case "run-paused":
      pauseRun(view, event);
      return;
    case "run-resumed":
      view.status = "queued";
      return;
    case "worker-left":
      return; // what the next start says is enough
    case "message-queued":
    case "message-delivered":
      return; // told above, with what else decides about messages
    case "report-written":
      view.reportId = event.reportId;
      return;
    case "run-ended":
      endRun(view, event);
      return;
    default:
      event satisfies never;
  }
}

/** A second start means the worker before died: what its unfinished step had streamed is thought again, so its text goes. */
function startRun(view: Draft, event: EventOf<"run-started">): void {
  view.status = "running";
  view.model = event.model;
  view.startedAt ??= event.at;
  view.attempt = event.attempt;
  const wasPaused = view.pausedAt !== null;
  view.pausedAt = null;
  if (event.attempt === 1) return;
  view.rows = view.rows.filter((row) => row.kind !== "step" || row.move !== null || row.summary !== null).map(takenUp);
  const ended = view.rows.filter((row) => row.kind === "step");
  const afterStep = Math.max(0, ...ended.map((row) => row.step));
  pushNotice(view, event, wasPaused ? { notice: "run-resumed", afterStep } : { notice: "resumed", attempt: event.attempt, afterStep });
}

function takenUp(row: RowView): RowView {
  if (row.kind !== "step" || !row.paused) return row;
  const { paused: _, ...step } = row;
  return { ...step, state: "acting" };
}

/** Nothing of it is alive; what was open says so until the run goes on. */
function pauseRun(view: Draft, event: EventOf<"run-paused">): void {
  view.status = "paused";
  view.pausedAt = event.at;
  view.rows = view.rows.map((row) =>
    row.kind === "step" && row.state !== "ended" ? { ...row, state: "ended", silence: null, paused: true } : row,
  );
  pushNotice(view, event, { notice: "run-paused" });
}

/** A message takes its place in the trace where it is first delivered, or lost. */
function tellMessages(view: Draft, event: Event): void {
  const before = view.messages;
  view.messages = withMessages(before, event);
  if (view.messages === before) return;
  for (const [index, message] of view.messages.entries()) {
    const was = before[index];
    if (was && isOpen(was) && !isOpen(message)) pushNotice(view, event, { notice: "message", messageId: message.messageId });
  }
}

type Notice = NoticeView extends infer N ? (N extends NoticeView ? Omit<N, "kind" | "key" | "at"> : never) : never;

function pushNotice(view: Draft, event: { seq: number; at: string }, notice: Notice): void {
  const key = notice.notice === "message" ? `notice:message-${notice.messageId}` : `notice:${event.seq}`;
  view.rows.push({ kind: "notice", key, at: event.at, ...notice });
}

const failureOf = ({ attempt, reason, detail, retryInMs, untilBack = false, at }: EventOf<"model-failed">): ModelFailureView => ({
  attempt,
  reason,
  detail,
  retryInMs,
  untilBack,
  at,
});

const silenceOf = (event: EventOf<"model-silent">): SilenceView => ({
  since: new Date(Date.parse(event.at) - event.silentMs).toISOString(),
  running: event.running,
  waiting: event.waiting,
  ours: event.ours ?? false,
});

function endStep(view: Draft, event: EventOf<"step-ended">): void {
  const before = view.rows.findLast((row) => row.kind === "step" && row.lane === event.lane && row.step < event.step);
  const askedAgain = isAskedAgain(event, before?.kind === "step" && before.reportMissing === "asked-again");
  const askedIn = askedInOf(view);
  const asked = event.move.kind === "calls" ? `${event.lane} ${JSON.stringify(event.move)}` : null;
  const same = asked === null ? undefined : askedIn.get(asked);
  if (asked !== null && !askedAgain && same === undefined) askedIn.set(asked, event.step);
  changeStep(view, event, (step) => ({
    ...step,
    state: event.move.kind === "calls" && !askedAgain ? "acting" : "ended",
    report: event.report ?? "",
    writes: event.writes ?? null,
    reportMissing: event.writes ? null : askedAgain ? "asked-again" : event.report === null ? "kept" : null,
    repeatOf: same ?? null,
    silence: null,
    thought: event.thought,
    answer: event.move.kind === "answer" ? event.move.text : "",
    move: event.move,
    forced: event.forced ?? null,
    thinkingMs: event.durationMs,
    durationMs: event.durationMs,
  }));
  countUsage(view, event.usage);
  if (event.usage) view.contextTokens = event.usage.promptTokens + event.usage.completionTokens;
}

/** After a summary the conversation is the question and the summary: so full is the window then. */
function endCompaction(view: Draft, event: EventOf<"context-compacted">): void {
  const { thought, summary, usage, durationMs } = event;
  changeStep(view, event, (step) => ({ ...step, state: "ended", silence: null, thought, summary, answer: "", durationMs }));
  countUsage(view, usage);
  if (usage) view.contextTokens = usage.completionTokens;
}

function countUsage(view: Draft, usage: StepUsage | null): void {
  view.usage = {
    calls: view.usage.calls + 1,
    promptTokens: view.usage.promptTokens + (usage?.promptTokens ?? 0),
    completionTokens: view.usage.completionTokens + (usage?.completionTokens ?? 0),
    cachedTokens: view.usage.cachedTokens + (usage?.cachedTokens ?? 0),
  };
}

function returnCall(view: Draft, event: EventOf<"tool-returned">): void {
  changeStep(view, event, (step) => {
    const calls = step.calls.map((call) => (call.callId === event.callId ? { ...call, returned: event } : call));
    const asked = step.move?.kind === "calls" ? step.move.calls.length : 1;
    const state = calls.length >= asked && calls.every((call) => call.returned) ? "ended" : "acting";
    const actingMs = Math.max(...calls.map((call) => call.returned?.durationMs ?? 0));
    return { ...step, calls, state, durationMs: (step.thinkingMs ?? 0) + actingMs };
  });
  view.searchHealth = withSearch(view.searchHealth, event.details);
  noteSeen(view, event.details, event.step);
}

function noteSeen(view: Draft, details: ToolDetails, step: number): void {
  if (details.kind === "search") {
    const known = seenUrlsOf(view);
    for (const hit of details.queries.flatMap((query) => query.hits)) {
      if (known.has(hit.url)) continue;
      known.add(hit.url);
      view.seen.push({ url: hit.url, title: hit.title, site: hit.site, step });
    }
  }
  if (details.kind === "visit") {
    for (const page of details.pages) {
      if (page.failure && !page.sourceId)
        view.unread.push({ url: page.url, site: page.site, reason: page.failure, detail: page.detail ?? null, step });
    }
  }
}

/** What a lane that was given up had begun stays as it was left. */
function endLane(view: Draft, event: EventOf<"lane-ended">): void {
  view.rows = view.rows.map((row) =>
    row.kind === "step" && row.lane === event.lane && row.state !== "ended" ? { ...row, state: "ended", silence: null } : row,
  );
}

/** Whatever was still open when the run ended stays as it was left: a step that never finished is shown as ended, without a move. */
function endRun(view: Draft, event: EventOf<"run-ended">): void {
  view.status = event.status;
  view.termination = event.termination;
  view.detail = event.detail ?? null;
  view.endedAt = event.at;
  view.pausedAt = null;
  view.rows = view.rows.map((row) => (row.kind === "step" && (row.state !== "ended" || row.paused) ? endedAsLeft(row) : row));
}

function endedAsLeft({ paused: _, ...step }: StepView): StepView {
  return { ...step, state: "ended" };
}

function changeStep(view: Draft, event: { lane: string; step: number; at: string }, change: (step: StepView) => StepView): void {
  const key = `${event.lane}:${event.step}`;
  const index = stepAt(view, key);
  const row = view.rows[index];
  if (row?.kind === "step") view.rows[index] = change(row);
  else view.rows.push(change(newStep(key, event)));
}

const newStep = (key: string, event: { lane: string; step: number; at: string }): StepView => ({
  kind: "step",
  key,
  lane: event.lane,
  step: event.step,
  state: "thinking",
  thought: "",
  answer: "",
  summary: null,
  move: null,
  forced: null,
  failures: [],
  report: "",
  writes: null,
  reportMissing: null,
  repeatOf: null,
  silence: null,
  calls: [],
  startedAt: event.at,
  thinkingMs: null,
  durationMs: null,
});
