import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Event, readEvent } from "#lib/domain/event.ts";
import { type RunView, runView } from "#lib/domain/run-view.ts";
import { type ChatMessage, transcriptFold } from "#lib/domain/transcript.ts";
import { logSchemas } from "./log-schemas.ts";
import { type Schema, schemaBreaks } from "./schema-breaks.ts";

interface Golden {
  log: Record<string, unknown>[];
  view: RunView;
  prompt: ChatMessage[];
}

const schemaName = "schemas.json";
const versions = readdirSync(import.meta.dirname, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const goldens = versions.flatMap((version) =>
  readdirSync(join(import.meta.dirname, version)).flatMap((file) => (file === schemaName ? [] : [[version, file] as const])),
);
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(import.meta.dirname, ...path), "utf8"));
const eventsOf = (log: readonly unknown[]): Event[] => log.flatMap((stored) => readEvent(stored) ?? []);
const promptOf = (events: readonly Event[]): ChatMessage[] => {
  const { take, transcript } = transcriptFold("main");
  for (const event of events) take(event);
  return transcript.messages;
};

describe.each(goldens)("the log of version %s, %s", (version, file) => {
  const { log, view, prompt } = read<Golden>(version, file);

  test("every event is read", () => expect(eventsOf(log).map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq)));

  // What the screen has learnt to show since is beside it.
  test("the screen shows of it what it showed", () => expect(json(runView(eventsOf(log)))).toMatchObject(json(view) as object));

  test("a run that goes on from it sends the same prompt, byte for byte", () => expect(promptOf(eventsOf(log))).toEqual(prompt));

  test("what a newer version adds changes nothing", () => {
    const newer = log.flatMap((event) => [
      { ...event, added: { since: 1 } },
      { seq: 0, at: event.at, type: "not-known-yet", lane: "main" },
    ]);
    expect(runView(eventsOf(newer))).toEqual(runView(eventsOf(log)));
    expect(promptOf(eventsOf(newer))).toEqual(prompt);
  });
});

/** Each reads what the other writes while one takes the other's place. Where it breaks, the format of the log gets a new number. */
test.each(versions)("version %s and this one can share a log", (version) => {
  const before = read<ReturnType<typeof logSchemas>>(version, schemaName);
  const now = logSchemas();
  expect([...schemaBreaks(before.event, now.event), ...schemaBreaks(before.move, now.move, "move")]).toEqual([]);
});

describe("what breaks a shared log", () => {
  const before = z.discriminatedUnion("type", [
    z.object({ type: z.literal("a"), how: z.enum(["one", "two"]), text: z.string(), more: z.number().optional() }),
    z.object({
      type: z.literal("b"),
      move: z.union([z.object({ kind: z.literal("x") }), z.object({ kind: z.literal("y"), n: z.number() })]),
    }),
  ]);
  const a = { type: z.literal("a"), how: z.enum(["one", "two"]), text: z.string(), more: z.number().optional() };
  const b = {
    type: z.literal("b"),
    move: z.union([z.object({ kind: z.literal("x") }), z.object({ kind: z.literal("y"), n: z.number() })]),
  };
  const schemaOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: "input" }) as Schema;
  const breaks = (...now: z.ZodObject[]) => schemaBreaks(schemaOf(before), schemaOf(z.union(now)));

  test.each([
    ["nothing", [z.object(a), z.object(b)], []],
    ["a type that is new", [z.object(a), z.object(b), z.object({ type: z.literal("c") })], []],
    ["a field that may be absent", [z.object({ ...a, new: z.string().optional() }), z.object(b)], []],
    ["a field with a default", [z.object({ ...a, new: z.string().default("") }), z.object(b)], []],
    ["a type that is gone", [z.object(a)], ["event may no longer be b"]],
    ["a field that is needed", [z.object({ ...a, new: z.string() }), z.object(b)], ["a.new is needed and was not"]],
    ["a field no longer needed", [z.object({ ...a, text: z.string().optional() }), z.object(b)], ["a.text was needed and is not"]],
    ["a new value", [z.object({ ...a, how: z.enum(["one", "two", "three"]) }), z.object(b)], ["a.how may hold other values than before"]],
    ["a value less", [z.object({ ...a, how: z.enum(["one"]) }), z.object(b)], ["a.how may hold other values than before"]],
    ["another kind of value", [z.object({ ...a, text: z.number() }), z.object(b)], ["a.text was string and is number"]],
    ["one alternative only", [z.object(a), z.object({ ...b, move: z.object({ kind: z.literal("x") }) })], ["b.move was anything and is x"]],
    [
      "a new alternative",
      [z.object(a), z.object({ ...b, move: z.union([...b.move.options, z.object({ kind: z.literal("z") })]) })],
      ["b.move may be z, which it could not"],
    ],
  ])("%s", (_, now, expected) => expect(breaks(...now)).toEqual(expected));
});

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
