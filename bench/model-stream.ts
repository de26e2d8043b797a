import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startEmbedded } from "#db/embedded.ts";
import { startDossier } from "#e2e/support/dossier.ts";
import { sseParser } from "#lib/std/sse-data.ts";
import type { ReadAnswer, ReadRequest } from "./support/bare-reader.ts";
import { type BenchChild, startBenchChild } from "./support/child.ts";
import { cpuSeconds, findProcesses } from "./support/cpu.ts";
import type { ModelAnswer, ModelRequest } from "./support/model-process.ts";

/**
 * What Dossier adds to a model's stream, side by side in one run against the scripted server: the whole of it (worker, durable log in
 * Postgres, web server, event stream to a reader) beside a bare client that only reads, and beside the AI SDK's `streamText`.
 *
 *   node bench/model-stream.ts [--rounds 3] [--streams 50] [--unpaced 20000]
 *
 * Prints ratios: tokens a second unpaced and paced, CPU a token (all processes of Dossier, Postgres included), and the time that is added
 * to the first token. An A/A round of the bare client tells how far the machine can be trusted.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    streams: { type: "string", default: "50" },
    unpaced: { type: "string", default: "20000" },
    seconds: { type: "string", default: "8" },
  },
});
const rounds = Number(values.rounds);
const streams = Number(values.streams);
const unpacedTokens = Number(values.unpaced);
const msPerToken = 20; // 50 tokens a second
const pacedTokens = (Number(values.seconds) * 1000) / msPerToken;

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
  tokensPerSecond: number;
  cpuMicroseconds: number;
  firstTextMs: number[];
}

async function measureReader(child: BenchChild<ReadRequest, ReadAnswer>, url: string, count: number, tokens: number): Promise<Measured> {
  const before = cpuSeconds([child.pid]);
  const { wallMs, firstTextMs } = await child.ask({ url, streams: count, maxTokens: tokens + 100 });
  const cpu = cpuSeconds([child.pid]) - before;
  return { tokensPerSecond: (count * tokens * 1000) / wallMs, cpuMicroseconds: (cpu * 1e6) / (count * tokens), firstTextMs };
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
    WORKER_CONCURRENCY: String(Math.min(64, atOnce)),
  });
  const postmaster = findProcesses([1], dataDir);
  const ours = () => [...findProcesses([process.pid], "worker/main.ts"), ...findProcesses([process.pid], "next"), ...postmaster];
  return {
    url: dossier.url,
    cpu: () => cpuSeconds(ours()),
    async close() {
      await dossier.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const post = async <T>(url: string, schema: z.ZodType<T>, body: object): Promise<T> => {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return schema.parse(await response.json());
};

/** A run, read as a browser reads it. Times are of the wall clock, so that they can be put beside the scripted server's. */
async function follow(url: string): Promise<{ firstTextAt: number; endedAt: number }> {
  const { session } = await post(`${url}/api/sessions`, z.object({ session: z.object({ id: z.string() }) }), {});
  const { run } = await post(`${url}/api/sessions/${session.id}/runs`, z.object({ run: z.object({ id: z.string() }) }), { question: "q" });
  const response = await fetch(`${url}/api/runs/${run.id}/events`);
  const parser = sseParser(50_000_000);
  let firstTextAt = 0;
  for await (const bytes of response.body ?? []) {
    for (const data of parser.push(bytes)) {
      if (firstTextAt === 0 && data.includes('"text-appended"')) firstTextAt = now();
      if (data.includes('"type": "step-ended"') || data.includes('"type":"step-ended"')) {
        await response.body?.cancel().catch(() => {});
        return { firstTextAt: firstTextAt || now(), endedAt: now() };
      }
    }
  }
  throw new Error("The stream ended before the step did");
}
const now = () => performance.timeOrigin + performance.now();

async function measureStack(
  stack: Awaited<ReturnType<typeof openStack>>,
  model: BenchChild<ModelRequest, ModelAnswer>,
  count: number,
  tokens: number,
): Promise<Measured> {
  const seen = await recordsOf(model);
  const before = stack.cpu();
  const followed = await Promise.all(Array.from({ length: count }, () => follow(stack.url)));
  const cpu = stack.cpu() - before;
  const records = (await recordsOf(model)).slice(seen.length);
  const began = Math.min(...records.map((record) => record.arrivedAt));
  const ended = Math.max(...followed.map((each) => each.endedAt));
  // Each server's first token beside the reader's first text, in the order in which they came.
  const sent = records.flatMap((record) => record.firstTokenAt ?? []).toSorted((a, b) => a - b);
  const got = followed.map((each) => each.firstTextAt).toSorted((a, b) => a - b);
  return {
    tokensPerSecond: (count * tokens * 1000) / (ended - began),
    cpuMicroseconds: (cpu * 1e6) / (count * tokens),
    firstTextMs: got.map((at, index) => at - (sent[index] ?? at)),
  };
}

async function recordsOf(model: BenchChild<ModelRequest, ModelAnswer>) {
  const answer = await model.ask({ kind: "records" });
  return "records" in answer ? answer.records : [];
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const quantile = (numbers: number[], share: number) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN;
const ratio = (one: Measured[], other: Measured[], of: "tokensPerSecond" | "cpuMicroseconds") =>
  median(one.map((each) => each[of])) / median(other.map((each) => each[of]));
const say = (label: string, value: string) => console.log(`${label.padEnd(64)}${value}`);

async function compare(title: string, count: number, tokens: number, pace: number): Promise<void> {
  const model = startBenchChild<ModelRequest, ModelAnswer>("./model-process.ts");
  const started = await model.ask({ kind: "start", options: { name: "bench" }, policy: { kind: "answer", tokens, msPerToken: pace } });
  if (!("url" in started)) throw new Error("The scripted server did not start");
  const stack = await openStack(started, count);
  try {
    // Once for warmth: code is compiled, connections are open.
    await measureStack(stack, model, count, tokens);
    await measureReader(bare, started.url, count, tokens);
    await measureReader(bareAgain, started.url, count, tokens);
    await measureReader(sdk, started.url, Math.min(count, 50), tokens);
    const measured = { stack: [] as Measured[], bare: [] as Measured[], again: [] as Measured[], sdk: [] as Measured[] };
    for (let round = 0; round < rounds; round++) {
      measured.bare.push(await measureReader(bare, started.url, count, tokens));
      measured.stack.push(await measureStack(stack, model, count, tokens));
      measured.again.push(await measureReader(bareAgain, started.url, count, tokens));
      measured.sdk.push(await measureReader(sdk, started.url, count, tokens));
    }
    console.log(`\n${title}: ${count} × ${tokens} tokens, ${rounds} rounds, medians`);
    say("tokens a second, Dossier ÷ bare client", ratio(measured.stack, measured.bare, "tokensPerSecond").toFixed(3));
    say("tokens a second, AI SDK ÷ bare client", ratio(measured.sdk, measured.bare, "tokensPerSecond").toFixed(3));
    say("tokens a second, bare ÷ bare (A/A)", ratio(measured.again, measured.bare, "tokensPerSecond").toFixed(3));
    say("CPU a token, Dossier (worker, web, Postgres) ÷ bare client", ratio(measured.stack, measured.bare, "cpuMicroseconds").toFixed(2));
    say("CPU a token, Dossier ÷ AI SDK streamText", ratio(measured.stack, measured.sdk, "cpuMicroseconds").toFixed(2));
    say("CPU a token, bare ÷ bare (A/A)", ratio(measured.again, measured.bare, "cpuMicroseconds").toFixed(2));
    say(
      "CPU a token in µs: Dossier, bare, AI SDK",
      [measured.stack, measured.bare, measured.sdk].map((each) => median(each.map((one) => one.cpuMicroseconds)).toFixed(1)).join(", "),
    );
    const added = measured.stack.flatMap((each) => each.firstTextMs);
    say(
      "server's first token → first text at the reader, p50 and p95, ms",
      `${quantile(added, 0.5).toFixed(1)}, ${quantile(added, 0.95).toFixed(1)}`,
    );
  } finally {
    await stack.close();
    await model.end();
  }
}

await compare("Unpaced", 1, unpacedTokens, 0);
await compare("Paced at 50 tokens a second", streams, pacedTokens, msPerToken);
