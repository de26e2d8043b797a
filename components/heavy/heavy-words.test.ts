import { expect, test } from "vitest";
import { type Event, eventSchema } from "#lib/domain/event.ts";
import { type RunView, runView } from "#lib/domain/run-view.ts";
import { heavyNews, heavyNowWords, lanesCutOff } from "./heavy-words.ts";
import { runNotices } from "./run-notices.ts";
import { synthesisViews } from "./synthesis-view.ts";

let seq = 0;
const event = (fields: object): Event => {
  seq += 1;
  return eventSchema.parse({ seq, at: new Date(Date.UTC(2026, 10, 24, 10, 0, seq)).toISOString(), ...fields });
};
const asked = () =>
  event({
    type: "run-queued",
    question: "Q?",
    mode: "heavy",
    budget: { calls: 5, minutes: 9 },
    heavy: { lanes: 2, strategy: "research-synthesis" },
  });
const card = { dialect: "tongyi", name: "m", window: null };
const started = (attempt = 1) => event({ type: "run-started", attempt, worker: "w", model: card, systemPrompt: "" });
const begin = (lane: string) => event({ type: "lane-started", lane });
const end = (lane: string) => event({ type: "lane-ended", lane, end: "answered", answer: "A." });
const text = (lane: string, channel = "thought") => event({ type: "text-appended", lane, step: 1, channel, text: "x" });
const stop = (kind: string) => event({ type: "stop-requested", kind });
const spoken = (lane: string) =>
  event({
    type: "step-ended",
    lane,
    step: 1,
    thought: "",
    raw: "",
    move: { kind: "answer", text: "A." },
    usage: null,
    finishReason: null,
    firstTextMs: null,
    durationMs: 1,
  });

test("says what the lanes, and then the synthesis, are doing", () => {
  const said: string[] = [];
  let view: RunView = runView([asked(), started()]);
  const go = (...events: Event[]) => {
    view = runView(events, view);
    said.push(heavyNowWords(view));
  };
  go();
  go(begin("researcher-1"), begin("researcher-2"));
  go(spoken("researcher-1"), end("researcher-1"));
  expect(heavyNews(view)).toBe("Lane 1: answered. 1 of 2 lanes working");
  expect(lanesCutOff(view)).toBe(1);
  go(stop("finish"));
  go(spoken("researcher-2"), end("researcher-2"));
  go(begin("synthesis"), text("synthesis"));
  go(text("synthesis", "answer"));
  go(spoken("synthesis"));
  expect(said).toEqual([
    "Starting",
    "2 of 2 lanes working",
    "1 of 2 lanes working",
    "Finishing: 1 lane answers",
    "Bringing the lanes together",
    "Comparing 2 lanes",
    "Writing the answer",
    "Resolving the citations",
  ]);
  go(stop("now"));
  expect(said.at(-1)).toBe("Stopping");
});

test("of a wait that every lane met, the longest is told", () => {
  const back = (lane: string, waitedMs: number) => event({ type: "model-returned", lane, step: 1, back: true, waitedMs });
  const view = runView([asked(), started(), begin("researcher-1"), back("researcher-1", 3_000), back("researcher-2", 4_000), started(2)]);
  expect(runNotices(view.rows)).toMatchObject([{ notice: "model-back", waitedMs: 4_000 }, { notice: "resumed" }]);
});

test("the synthesis' view stays while lanes stream, and changes with what it shows", () => {
  const select = synthesisViews();
  const first = runView([asked(), started(), begin("researcher-1")]);
  expect(select(first)).toBe(first);
  const streamed = runView([text("researcher-1")], first);
  expect(select(streamed)).toBe(first);
  const compared = runView([begin("synthesis"), text("synthesis")], streamed);
  expect(select(compared)).toBe(compared);
});
