import { parseArgs } from "node:util";
import { type Kernel, manualStops, openKernelOn } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { parseEnv } from "#lib/env.ts";
import { chooseModel, openModels } from "#lib/model/choose.ts";
import { work } from "#lib/runs/work.ts";
import { type BenchChild, startBenchChild } from "./support/child.ts";
import type { ModelAnswer, ModelRecord, ModelRequest } from "./support/model-process.ts";
import { openDatabaseFor } from "./support/open-database.ts";

/**
 * How much of what Dossier sends a model server has in its prefix cache, and what a step costs beside the model and the tools: long runs of
 * the loop, its log in Postgres and its pool, over scripted servers with vLLM's block cache (16 tokens a block), each in a process of its own.
 *
 *   node bench/model-prefix.ts [--runs 8] [--steps 100]
 *
 * One server; four servers; four of which one is killed while its runs are at about half of their steps. Ideal: every prompt finds all that
 * was sent and answered before it in its run.
 */
const { values } = parseArgs({ options: { runs: { type: "string", default: "8" }, steps: { type: "string", default: "100" } } });
const runs = Number(values.runs);
const steps = Number(values.steps);
const observation = "An observation of a page that was read, as long as they are. ".repeat(30);

await using house = new AsyncDisposableStack();
const postgres = await openDatabaseFor(house);
const kernel: Kernel = await openKernelOn({ url: postgres.url, drop: async () => {} });
house.defer(() => kernel.close());

type Server = BenchChild<ModelRequest, ModelAnswer>;

async function startServers(count: number, msPerToken = 0): Promise<{ servers: Server[]; urls: string[] }> {
  const servers = Array.from({ length: count }, () => startBenchChild<ModelRequest, ModelAnswer>("./model-process.ts"));
  const policy = { kind: "noise", seed: 11, turns: steps - 1, thoughtTokens: 150, msPerToken } as const;
  const answers = await Promise.all(
    servers.map((server) => server.ask({ kind: "start", options: { name: "bench", promptTokensDetails: true, window: 131_072 }, policy })),
  );
  return { servers, urls: answers.map((answer) => ("url" in answer ? answer.url : "")) };
}

async function workAll(urls: string[], count: number, onStep: (step: number) => void = () => {}): Promise<void> {
  const parsed = parseEnv({ MODEL_BASE_URL: urls.join(","), MODEL_NAME: "bench", MODEL_DIALECT: "tongyi" });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const models = openModels(parsed.env, { checkEveryMs: 500 });
  const one = async (index: number) => {
    const run = await kernel.ask(`Question ${index} of ${urls.length} servers at ${Date.now()}`, { calls: steps + 5, minutes: 60 });
    const model = await chooseModel(
      parsed.env,
      models,
      { key: `${run.id}:main`, priority: 0, dialect: null },
      null,
      new AbortController().signal,
    );
    let step = 0;
    const tools = ["search", "visit"].map((name) =>
      scriptedTool(name, () => {
        onStep(++step);
        return observation;
      }),
    );
    await work(kernel.shop({ model, tools, retry: () => ({ kind: "again", inMs: 0 }) }), await kernel.claim(run.id), manualStops());
  };
  await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
  models.close();
}

async function recordsOf(servers: Server[]): Promise<ModelRecord[]> {
  const answers = await Promise.all(servers.map((server) => server.ask({ kind: "records" })));
  return answers.flatMap((answer) => ("records" in answer ? answer.records : [])).toSorted((a, b) => a.arrivedAt - b.arrivedAt);
}

/** Cached tokens of all prompts, and what a perfect cache would have had of them. */
function cacheShare(records: ModelRecord[]): { cached: number; ideal: number; prompt: number } {
  const before = new Map<string, number>();
  const sums = { cached: 0, ideal: 0, prompt: 0 };
  for (const record of records.filter((each) => each.began)) {
    sums.prompt += record.promptTokens;
    sums.cached += record.cachedTokens;
    sums.ideal += Math.min(before.get(record.conversation) ?? record.cachedTokens, record.promptTokens - 1);
    before.set(record.conversation, record.promptTokens + record.completionTokens);
  }
  return sums;
}

/** From the end of one answer to the next request of the run: all that is not the model, the tool returning at once. */
function gaps(records: ModelRecord[]): number[] {
  return records.slice(1).map((record, index) => record.arrivedAt - (records[index]?.endedAt ?? Number.NaN));
}

const quantile = (numbers: number[], share: number) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN;
const say = (label: string, value: string) => console.log(`${label.padEnd(72)}${value}`);

async function measure(count: number, kill: boolean) {
  const { servers, urls } = await startServers(count);
  let killed = false;
  await workAll(urls, runs, (step) => {
    if (!kill || killed || step < steps / 2) return;
    killed = true;
    void servers[0]?.ask({ kind: "down" });
  });
  const records = await recordsOf(servers);
  await Promise.all(servers.map((server) => server.end()));
  return cacheShare(records);
}

console.log(`${runs} runs of ${steps} steps each`);
const one = await measure(1, false);
const share = (sums: { cached: number; prompt: number }) => sums.cached / sums.prompt;
say("one server: cached ÷ ideal", (one.cached / one.ideal).toFixed(4));
say("one server: cached ÷ prompt tokens", share(one).toFixed(4));
const four = await measure(4, false);
say("four servers: cached share ÷ that of one", (share(four) / share(one)).toFixed(4));
const killed = await measure(4, true);
say("four servers, one killed at half of the steps: cached share ÷ that of one", (share(killed) / share(one)).toFixed(4));

// At 500 tokens a second: a model that answers in no time would only measure how many commits a second the writer allows itself.
const { servers, urls } = await startServers(1, 2);
await workAll(urls, 1);
const last = (await recordsOf(servers)).slice(-steps);
await Promise.all(servers.map((server) => server.end()));
const overhead = gaps(last);
say("a step without model and tools, p50 and p95, ms", `${quantile(overhead, 0.5).toFixed(1)}, ${quantile(overhead, 0.95).toFixed(1)}`);
const early = quantile(overhead.slice(4, 19), 0.5);
const late = quantile(overhead.slice(-15), 0.5);
say(`steps ${steps - 15}–${steps} ÷ steps 5–20, medians`, `${(late / early).toFixed(2)} (${late.toFixed(1)} ÷ ${early.toFixed(1)} ms)`);
