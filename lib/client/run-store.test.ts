import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Event } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import type { TailOptions } from "./event-tail.ts";
import { createRunStore } from "./run-store.ts";

const at = "2026-11-24T10:00:00.000Z";
const model = { dialect: "tongyi", name: "m", window: null } as const;
const place = { at, lane: "main", step: 1 };
const events: Event[] = [
  {
    seq: 1,
    at,
    type: "run-queued",
    question: "Why?",
    mode: "react",
    budget: { calls: 10, minutes: 5 },
    whenFull: "answer",
    priority: "interactive",
    attachments: [],
  },
  { seq: 2, at, type: "run-started", attempt: 1, worker: "w", model, systemPrompt: "" },
  { seq: 3, ...place, type: "text-appended", channel: "thought", text: "First " },
  { seq: 4, ...place, type: "text-appended", channel: "thought", text: "second." },
];
const ended: Event = { seq: 5, at, type: "run-ended", status: "stopped", termination: "stopped" };

function watched(snapshot: Event[]) {
  let tail: TailOptions | undefined;
  const close = vi.fn();
  const store = createRunStore("run", runView(snapshot), (options) => {
    tail = options;
    return { close };
  });
  const listener = vi.fn();
  const leave = store.subscribe(listener);
  return {
    store,
    listener,
    leave,
    close,
    send(...sent: Event[]) {
      for (const event of sent) tail?.onEvent(event);
    },
    after: () => tail?.after(),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("window", new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a replay from the beginning changes nothing that is known", () => {
  const { store, send } = watched(events.slice(0, 3));
  send(...events, ...events);
  vi.advanceTimersByTime(1_000);
  expect(store.row("main:1")).toMatchObject({ thought: "First second." });
  expect(store.view().lastSeq).toBe(4);
});

test("many events make one notice, and a row that did not change stays the same object", () => {
  const { store, listener, send } = watched(events);
  const row = store.row("main:1");
  const keys = store.keys();
  send(
    { seq: 5, at, type: "lane-started", lane: "main" },
    { seq: 6, at, lane: "main", step: 2, type: "text-appended", channel: "thought", text: "Next" },
  );
  expect(listener).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.row("main:1")).toBe(row);
  expect(store.keys()).not.toBe(keys);
});

test("long text is released in portions while it streams, and at once when its step ends", () => {
  const { store, send } = watched(events);
  const text = "x".repeat(300);
  send({ seq: 5, ...place, type: "text-appended", channel: "thought", text });
  vi.advanceTimersByTime(100);
  expect((store.row("main:1") as { thought: string }).thought.length).toBe("First second.".length + 80);
  const move = { kind: "answer", text: "Because." } as const;
  send({
    seq: 6,
    ...place,
    type: "step-ended",
    thought: text,
    raw: "",
    move,
    usage: null,
    finishReason: "stop",
    firstTextMs: 1,
    durationMs: 2,
  });
  vi.advanceTimersByTime(100);
  expect(store.row("main:1")).toMatchObject({ thought: text, state: "ended" });
});

test("a step that ends stays open while the reader has let go of the end, unless the reader closed it", () => {
  const stepEnded = { type: "step-ended", thought: "", raw: "", usage: null, finishReason: "stop", firstTextMs: 1, durationMs: 2 } as const;
  const move = { kind: "answer", text: "Because." } as const;
  const { store, send } = watched(events);
  store.keepOpen(true);
  send({ seq: 5, ...place, ...stepEnded, move });
  vi.advanceTimersByTime(100);
  expect(store.choice("main:1")).toBe(true);
  store.keepOpen(false);
  send({ seq: 6, ...place, step: 2, type: "text-appended", channel: "thought", text: "Next" });
  vi.advanceTimersByTime(100);
  send({ seq: 7, ...place, step: 2, ...stepEnded, move });
  vi.advanceTimersByTime(100);
  expect(store.choice("main:2")).toBeUndefined();
});

test("the stream goes on after the last event that arrived, and the ended run is not followed", () => {
  const { send, after, leave, close } = watched(events);
  send(ended);
  expect(after()).toBe(5);
  vi.advanceTimersByTime(100);
  leave();
  expect(close).toHaveBeenCalledOnce();
  const open = vi.fn();
  createRunStore("run", runView([...events, ended]), open).subscribe(() => {});
  expect(open).not.toHaveBeenCalled();
});

test("what an event does not change stays the same, so that what shows it need not render", () => {
  const { store, send } = watched(events.slice(0, 3));
  const { sources, seen, unread } = store.view();
  const keys = store.laneKeys("main");
  send(events[3] as Event);
  vi.runOnlyPendingTimers();
  expect(store.row("main:1")).toMatchObject({ thought: "First second." });
  expect(store.view().sources).toBe(sources);
  expect(store.view().seen).toBe(seen);
  expect(store.view().unread).toBe(unread);
  expect(store.laneKeys("main")).toBe(keys);
  expect(store.laneKeys("researcher-1")).toEqual([]);
});
