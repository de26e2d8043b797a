import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startEmbedded } from "#db/embedded.ts";
import { type Dossier, startDossier } from "#e2e/support/dossier.ts";
import { sseParser } from "#lib/std/sse-data.ts";
import type { ReadAnswer, ReadRequest } from "./support/bare-reader.ts";
import { type BenchChild, startBenchChild } from "./support/child.ts";
import { cpuSeconds, findProcesses } from "./support/cpu.ts";
import type { ModelAnswer, ModelRequest } from "./support/model-process.ts";

/**
 * What Dossier adds to a model's stream, side by side in one run against the scripted server: the whole of it (worker, durable log in
 * Postgres, web server, event stream to a reader) beside a bare client that only reads, and beside the AI SDK's `streamText`.
 *
 *   node bench/model-stream.ts [--rounds 3] [--streams 50] [--unpaced 20000] [--seconds 12] [--only paced|unpaced] [--only paced|unpaced]
 *
 * Prints ratios: tokens a second unpaced and paced; CPU a token while all streams run (all processes of Dossier, Postgres included); and, with
 * those streams running, what is added to the time to the first token of one more. An A/A round of the bare client tells how far the machine
 * can be trusted.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    streams: { type: "string", default: "50" },
    unpaced: { type: "string", default: "20000" },
    seconds: { type: "string", default: "12" },
    only: { type: "string" },
  },
});
const rounds = Number(values.rounds);
const streams = Number(values.streams);
const unpacedTokens = Number(values.unpaced);
const msPerToken = 20; // 50 tokens a second
/** CPU is taken while all streams run: after their start, before the first of them ends. */
const warmMs = 5_000;
const windowMs = Number(values.seconds) * 1000;
const pacedTokens = (warmMs + windowMs + 4_000) / msPerToken;
const probes = 20;

await using house = new AsyncDisposableStack();
const bare = childOf("./bare-reader.ts");
const bareAgain = childOf("./bare-reader.ts");
const sdk = childOf("./ai-sdk-reader.ts");

function childOf(file: string): BenchChild<ReadRequest, ReadAnswer> {
  const child = startBenchChild<ReadRequest, ReadAnswer>(file);
  house.defer(() => child.end());
  return child;
}

interface Measured {
  /** Of each stream by itself, from its request to its end; the mean. */
  tokensPerSecond: number;
  cpuMicroseconds: number;
  /** What is added to the first token, for each probe. */
  addedMs: number[];
}

const paced = (count: number) => count > 1;

/** CPU a token of some processes: over the whole of it, or, where many streams are paced, over a window in which all of them run. */
async function withCpu<T>(
  cpu: () => number,
  count: number,
  tokens: number,
  doing: () => Promise<T>,
  meanwhile: () => Promise<void> = async () => {},
) {
  const began = cpu();
  const going = doing();
  if (!paced(count)) {
    const result = await going;
    return { result, cpuMicroseconds: ((cpu() - began) * 1e6) / (count * tokens) };
  }
  await pause(warmMs);
  const before = cpu();
  await pause(windowMs);
  const used = cpu() - before;
  await meanwhile();
  return { result: await going, cpuMicroseconds: (used * 1e6) / ((count * windowMs) / msPerToken) };
}

async function measureReader(child: BenchChild<ReadRequest, ReadAnswer>, url: string, count: number, tokens: number): Promise<Measured> {
  const { result, cpuMicroseconds } = await withCpu(
    () => cpuSeconds([child.pid]),
    count,
    tokens,
    () => child.ask({ url, streams: count, maxTokens: tokens + 100 }),
  );
  return { tokensPerSecond: mean(result.eachMs.map((ms) => (tokens * 1000) / ms)), cpuMicroseconds, addedMs: [] };
}

/** Dossier over one scripted server, with its own Postgres whose processes can be told apart. */
async function openStack(model: { url: string }, atOnce: number) {
  const dataDir = await mkdtemp(join(tmpdir(), "dossier-bench-"));
  await chmod(dataDir, 0o755);
  const postgres = await startEmbedded({ dataDir });
  const dossier = await startDossier({
    DATABASE_URL: postgres.url,
    MODEL_BASE_URL: model.url,
    MODEL_NAME: "bench",
    MODEL_DIALECT: "tongyi",
    MODEL_MAX_REQUESTS: "1000",
    WORKER_CONCURRENCY: String(Math.min(64, atOnce + 4)),
  });
  const postmaster = findProcesses([1], dataDir);
  const ours = () => [...findProcesses([process.pid], "worker/main.ts"), ...findProcesses([process.pid], "next"), ...postmaster];
  return {
    fetch: dossier.fetch,
    cpu: () => cpuSeconds(ours()),
    async close() {
      await dossier.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Fetch = Dossier["fetch"];
const post = async <T>(ask: Fetch, path: string, schema: z.ZodType<T>, body: object): Promise<T> => {
  const response = await ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return schema.parse(await response.json());
};

/** A run, read as a browser reads it, to its first text or to the end of its step. Times are of the wall clock, to be put beside the server's. */
async function follow(ask: Fetch, until: "first text" | "end"): Promise<{ question: string; at: number }> {
  const question = `Question ${++asked}`;
  const { session } = await post(ask, `/api/sessions`, z.object({ session: z.object({ id: z.string() }) }), {});
  const { run } = await post(ask, `/api/sessions/${session.id}/runs`, z.object({ run: z.object({ id: z.string() }) }), { question });
  const response = await ask(`/api/runs/${run.id}/events`);
  const parser = sseParser(50_000_000);
  const wanted = until === "end" ? /"type": ?"step-ended"/ : /"type": ?"(?:text-appended|step-ended)"/;
  for await (const bytes of response.body ?? []) {
    if (!parser.push(bytes).some((data) => wanted.test(data.slice(0, 400)) || (data.length > 400 && wanted.test(data)))) continue;
    const at = now();
    await response.body?.cancel().catch(() => {});
    if (until === "first text") await post(ask, `/api/runs/${run.id}/stop`, z.unknown(), { kind: "now" });
    return { question, at };
  }
  throw new Error("The stream ended before the step did");
}
let asked = 0;
const now = () => performance.timeOrigin + performance.now();

async function measureStack(
  stack: Awaited<ReturnType<typeof openStack>>,
  model: BenchChild<ModelRequest, ModelAnswer>,
  url: string,
  count: number,
  tokens: number,
): Promise<Measured> {
  const probed: { question: string; at: number }[] = [];
  const direct: number[] = [];
  const probeAll = async () => {
    for (let probe = 0; probe < probes; probe++) {
      probed.push(await follow(stack.fetch, "first text"));
      direct.push(...(await bare.ask({ url, streams: 1, maxTokens: tokens, firstText: true })).eachMs);
    }
  };
  const all = () => Promise.all(Array.from({ length: count }, () => follow(stack.fetch, "end")));
  const { result, cpuMicroseconds } = await withCpu(stack.cpu, count, tokens, all, probeAll);
  const records = new Map((await recordsOf(model)).map((record) => [record.conversation.split("\n").at(-1), record]));
  return {
    tokensPerSecond: mean(result.map(({ question, at }) => (tokens * 1000) / (at - (records.get(question)?.arrivedAt ?? Number.NaN)))),
    cpuMicroseconds,
    addedMs: probed.map(({ question, at }, index) => at - (records.get(question)?.arrivedAt ?? Number.NaN) - (direct[index] ?? Number.NaN)),
  };
}

async function recordsOf(model: BenchChild<ModelRequest, ModelAnswer>) {
  const answer = await model.ask({ kind: "records" });
  return "records" in answer ? answer.records : [];
}

const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const quantile = (numbers: number[], share: number) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN;
const ratio = (one: Measured[], other: Measured[], of: "tokensPerSecond" | "cpuMicroseconds") =>
  median(one.map((each) => each[of])) / median(other.map((each) => each[of]));
const say = (label: string, value: string) => console.log(`${label.padEnd(64)}${value}`);

async function compare(title: string, count: number, tokens: number, pace: number, times: number): Promise<void> {
  const model = startBenchChild<ModelRequest, ModelAnswer>("./model-process.ts");
  const started = await model.ask({ kind: "start", options: { name: "bench" }, policy: { kind: "answer", tokens, msPerToken: pace } });
  if (!("url" in started)) throw new Error("The scripted server did not start");
  const stack = await openStack(started, count);
  try {
    // Once for warmth: code is compiled, connections are open.
    await measureStack(stack, model, started.url, count, tokens);
    await measureReader(bare, started.url, count, tokens);
    await measureReader(bareAgain, started.url, count, tokens);
    await measureReader(sdk, started.url, Math.min(count, 50), tokens);
    const measured = { stack: [] as Measured[], bare: [] as Measured[], again: [] as Measured[], sdk: [] as Measured[] };
    for (let round = 0; round < times; round++) {
      measured.bare.push(await measureReader(bare, started.url, count, tokens));
      measured.stack.push(await measureStack(stack, model, started.url, count, tokens));
      measured.again.push(await measureReader(bareAgain, started.url, count, tokens));
      measured.sdk.push(await measureReader(sdk, started.url, count, tokens));
    }
    const floor = [...measured.bare, ...measured.again];
    console.log(`\n${title}: ${count} × ${tokens} tokens, ${times} rounds, medians`);
    say("tokens a second, Dossier ÷ bare client", ratio(measured.stack, floor, "tokensPerSecond").toFixed(3));
    say("tokens a second, AI SDK ÷ bare client", ratio(measured.sdk, floor, "tokensPerSecond").toFixed(3));
    say("tokens a second, bare ÷ bare (A/A)", ratio(measured.again, measured.bare, "tokensPerSecond").toFixed(3));
    say("CPU a token, Dossier (worker, web, Postgres) ÷ bare client", ratio(measured.stack, floor, "cpuMicroseconds").toFixed(2));
    say("CPU a token, Dossier ÷ AI SDK streamText", ratio(measured.stack, measured.sdk, "cpuMicroseconds").toFixed(2));
    say("CPU a token, bare ÷ bare (A/A)", ratio(measured.again, measured.bare, "cpuMicroseconds").toFixed(2));
    say(
      "CPU a token in µs: Dossier, bare, AI SDK",
      [measured.stack, floor, measured.sdk].map((each) => median(each.map((one) => one.cpuMicroseconds)).toFixed(1)).join(", "),
    );
    const added = measured.stack.flatMap((each) => each.addedMs);
    if (added.length > 0)
      say(
        "added to the first text, with all streams running, p50 and p95, ms",
        `${quantile(added, 0.5).toFixed(1)}, ${quantile(added, 0.95).toFixed(1)}`,
      );
  } finally {
    await stack.close();
    await model.end();
  }
}

// One answer without a pace is over in tens of milliseconds: more rounds cost nothing.
if (values.only !== "paced") await compare("Unpaced", 1, unpacedTokens, 0, rounds * 5);
if (values.only !== "unpaced") await compare("Paced at 50 tokens a second", streams, pacedTokens, msPerToken, rounds);
