import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventsOf } from "#db/queries/events.ts";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import type { Fact } from "#lib/domain/event.ts";
import { framedEvents, type LoggedEvent } from "#lib/domain/event-frame.ts";
import { eventWriter } from "./event-writer.ts";
import { feedRun, headFor } from "./feed-run.ts";
import { openJournal } from "./journal.ts";
import { plainBytes } from "./portion.ts";

/** Twenty runs, fifty drops of each, while they are written. The whole of it is DISCONNECTS=20x1000, which takes minutes. */
const [runCount = 20, dropCount = 50] = (process.env.DISCONNECTS ?? "20x50").split("x").map(Number);
const readersOfRun = 5;

let kernel: Kernel;
let base: string;
const server = createServer(async (request, response) => {
  const [, runId = "", after = ""] = request.url?.split("/") ?? [];
  const { sql } = kernel.db;
  const left = new AbortController();
  response.on("close", () => left.abort());
  const head = await headFor(sql, runId, Number(after));
  await feedRun(
    { sql, hub: kernel.hub, runId, after: Number(after), head },
    {
      signal: left.signal,
      waiting: () => response.writableLength,
      drained: async () => {},
      send(portion) {
        response.write(plainBytes(portion));
      },
    },
  );
  response.end();
});

beforeAll(async () => {
  kernel = await openKernel();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await kernel.close();
});

const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647; // a failure repeats
    return state / 2_147_483_647;
  };
};

/** Writes a run of steps whose thoughts stream, until `isEnough` readers have dropped often enough; then ends it. */
async function write(runId: string, isEnough: () => boolean): Promise<void> {
  const claim = await kernel.claim(runId);
  const journal = openJournal({ ...claim, events: [], lastSeq: 1, writer: eventWriter(kernel.db.sql), onLost: () => {} });
  for (let step = 1; !isEnough(); step++) {
    const words = Array.from({ length: 4 }, (_, index) => `Step ${step}, part ${index}, with "quotes", \u2028 and ünïcode. `);
    for (const text of words) await journal.append({ type: "text-appended", lane: "main", step, channel: "thought", text });
    await journal.append({
      type: "step-ended",
      lane: "main",
      step,
      thought: words.join(""),
      raw: words.join(""),
      move: { kind: "none" },
      usage: null,
      finishReason: "stop",
      firstTextMs: 1,
      durationMs: 2,
    } satisfies Fact);
  }
  await journal.append({ type: "run-ended", status: "done", termination: "answer" });
}

interface Client {
  received: LoggedEvent[];
  drops: number;
}

/** Reads a run over HTTP; cuts the connection at random moments, also in the middle of an event, and comes back with the last id it has. */
async function read(runId: string, client: Client, random: () => number): Promise<void> {
  while (client.received.at(-1)?.type !== "run-ended") {
    const request = get(`${base}/${runId}/${client.received.at(-1)?.seq ?? 0}`, { agent: false });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const most = random() < 0.5 ? Math.floor(random() * 400) : Number.POSITIVE_INFINITY;
    let text = "";
    let size = 0;
    response.setEncoding("utf8");
    try {
      for await (const part of response) {
        const taken = String(part).slice(0, Math.max(0, most - size));
        size += taken.length;
        text += taken;
        const whole = text.lastIndexOf("\n\n") + 2;
        client.received.push(...framedEvents(text.slice(0, whole)));
        text = text.slice(whole);
        if (size >= most || random() < 0.5) break;
      }
    } finally {
      request.destroy();
    }
    client.drops += 1;
  }
}

test(
  `${dropCount} drops of each of ${runCount} runs, over HTTP and while they are written: not a byte of any client differs from the log`,
  async () => {
    await Promise.all(
      Array.from({ length: runCount }, async (_, index) => {
        const run = await kernel.ask(`Run ${index}`);
        const clients: Client[] = Array.from({ length: readersOfRun }, () => ({ received: [], drops: 0 }));
        const drops = () => clients.reduce((sum, each) => sum + each.drops, 0);
        const writing = write(run.id, () => drops() >= dropCount);
        await Promise.all(clients.map((client, reader) => read(run.id, client, seeded(index * 100 + reader + 1))));
        await writing;
        expect(drops()).toBeGreaterThanOrEqual(dropCount);
        const log = await eventsOf(kernel.db.sql, run.id);
        for (const { received } of clients) expectExact(received, log);
      }),
    );
  },
  60_000 + runCount * dropCount * 50,
);

/** Facts are the log's, byte for byte and in its order; live text, which is gone from the log, is the beginning of what its step came to. */
function expectExact(received: LoggedEvent[], log: LoggedEvent[]): void {
  const facts = (events: LoggedEvent[]) => events.filter((event) => event.type !== "text-appended").map((event) => event.json);
  expect(facts(received).join("\n")).toBe(facts(log).join("\n"));
  const seqs = received.map((event) => event.seq);
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  const texts = new Map<number, string>();
  for (const event of received) {
    const { step, text, thought } = JSON.parse(event.json) as { step: number; text?: string; thought?: string };
    if (event.type === "text-appended") texts.set(step, (texts.get(step) ?? "") + text);
    if (thought !== undefined && texts.has(step)) expect(thought.includes(texts.get(step) ?? "")).toBe(true);
  }
}
