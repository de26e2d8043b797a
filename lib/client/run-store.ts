import type { Event } from "#lib/domain/event.ts";
import { type PackedView, unpackedView } from "#lib/domain/packed-view.ts";
import { type RowView, type RunView, runView, type StepView } from "#lib/domain/run-view.ts";
import { getStep } from "./api.ts";
import { type Connection, type EventTail, openEventTail, type TailOptions } from "./event-tail.ts";
import { type KeysByLane, keysByLane } from "./keys-by-lane.ts";
import { pace } from "./pace.ts";
import { announceSessionsChanged } from "./sessions-changed.ts";

/** The state of one run in this browser: the server's snapshot, and the tail of its events folded into it ten times a second. */
export interface RunStore {
  runId: string;
  subscribe: (listener: () => void) => () => void;
  /** The fold as the server rendered it: what the first render has to show. */
  atRender: RunView;
  view: () => RunView;
  keys: () => readonly string[];
  /** The keys of one lane's rows; of `notices` those of none. */
  laneKeys: (lane: string) => readonly string[];
  row: (key: string) => RowView | undefined;
  connection: () => Connection;
  lastNewsAt: () => number | null;
  choice: (key: string) => boolean | undefined;
  choose: (key: string, open: boolean) => void;
  /** Whether a step stays open as it ends: it does while the reader has let go of the end, and may be reading in it. */
  keepOpen: (on: boolean) => void;
  /** Fetches what the snapshot left out of a step. Rejects with a sentence for the reader. */
  complete: (step: StepView) => Promise<void>;
  /** Whether the reader asked from here to stop it: then the focus goes on to what can be done with the stopped run. */
  stopNoted: () => boolean;
  noteStop: () => void;
}

const flushMs = 100;
const hiddenFlushMs = 250; // a hidden tab has no frames to fill
const mostPerFlush = 1_000; // a burst after a long absence is folded in portions, so that no task grows long

export const hasRunEnded = (view: RunView) => view.status === "done" || view.status === "stopped" || view.status === "failed";

const none: readonly string[] = [];
/** Lists of a view only grow: one of the same length is the same, and what shows it need not render again. */
function withSameLists(view: RunView, before: RunView): RunView {
  const same = <T>(list: readonly T[], known: readonly T[]) => (list.length === known.length ? known : list);
  if (view === before) return view;
  const { sources, seen, unread } = before;
  return { ...view, sources: same(view.sources, sources), seen: same(view.seen, seen), unread: same(view.unread, unread) };
}

const isLive = (row: RowView) => row.kind === "step" && row.state !== "ended";

export function createRunStore(runId: string, packed: PackedView, open: (options: TailOptions) => EventTail = openEventTail): RunStore {
  const snapshot = unpackedView(packed);
  const listeners = new Set<() => void>();
  const choices = new Map<string, boolean>();
  const shown = new Map<string, number>(); // how far a streaming text is released
  let rows = new Map(snapshot.rows.map((row) => [row.key, row]));
  let keys: readonly string[] = snapshot.rows.map((row) => row.key);
  let byLane: KeysByLane = keysByLane(keys);
  let view = snapshot;
  let waiting: Event[] = [];
  let connection: Connection = hasRunEnded(snapshot) ? "ended" : "live";
  let lastNewsAt: number | null = null;
  let tail: EventTail | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopNoted = false;
  let keepingOpen = false;

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const schedule = () => {
    timer ??= setTimeout(flush, document.hidden ? hiddenFlushMs : flushMs);
  };
  const flush = () => {
    timer = undefined;
    const portion = waiting.slice(0, mostPerFlush);
    waiting = waiting.slice(mostPerFlush);
    const before = view;
    view = withSameLists(runView(portion, view), view);
    const released = takeRows();
    if (view !== before || released !== "same") tell();
    if (waiting.length > 0 || released === "more") schedule();
    if (hasRunEnded(view) && !hasRunEnded(before)) announceSessionsChanged();
  };
  /** Takes over the rows of the fold, streaming ones up to where they are released. */
  const takeRows = (): "same" | "changed" | "more" => {
    let state: "same" | "changed" | "more" = "same";
    const next = new Map<string, RowView>();
    for (const row of view.rows) {
      const paced = row.kind === "step" && row.state === "thinking" ? release(row) : row;
      const known = rows.get(row.key);
      const same = known === paced;
      if (keepingOpen && known && isLive(known) && !isLive(row) && !choices.has(row.key)) choices.set(row.key, true);
      next.set(row.key, paced);
      if (!same && state === "same") state = "changed";
      if (paced !== row) state = "more";
    }
    const sameKeys = next.size === keys.length && view.rows.every((row, index) => row.key === keys[index]);
    if (!sameKeys) {
      keys = view.rows.map((row) => row.key);
      byLane = keysByLane(keys, byLane);
    }
    rows = next;
    return state;
  };
  const release = (row: StepView): StepView => {
    const text = row.answer || row.thought;
    const known = rows.get(row.key);
    const until = pace(shown.get(row.key) ?? (known?.kind === "step" ? (known.answer || known.thought).length : 0), text.length);
    shown.set(row.key, until);
    if (until >= text.length) return row;
    return row.answer ? { ...row, answer: text.slice(0, until) } : { ...row, thought: text.slice(0, until) };
  };
  const connect = () => {
    if (hasRunEnded(view)) return;
    if (waiting.length > 0) schedule();
    tail = open({
      runId,
      after: () => waiting.at(-1)?.seq ?? view.lastSeq,
      onEvent(event) {
        waiting.push(event);
        lastNewsAt = Date.now();
        schedule();
      },
      onConnection(now) {
        connection = now;
        tell();
      },
    });
  };

  return {
    runId,
    atRender: snapshot,
    view: () => view,
    keys: () => keys,
    laneKeys: (lane) => byLane.get(lane) ?? none,
    row: (key) => rows.get(key),
    connection: () => connection,
    lastNewsAt: () => lastNewsAt,
    choice: (key) => choices.get(key),
    choose(key, isOpen) {
      choices.set(key, isOpen);
      tell();
    },
    keepOpen(on) {
      keepingOpen = on;
    },
    async complete(step) {
      const whole = await getStep(runId, step.lane, step.step);
      view = { ...view, rows: view.rows.map((row) => (row.key === step.key ? whole.step : row)) };
      takeRows();
      tell();
    },
    stopNoted: () => stopNoted,
    noteStop() {
      stopNoted = true;
    },
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        tail?.close();
        tail = null;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}
