import { parseArgs } from "node:util";
import { type Kernel, manualStops, openKernelOn } from "#e2e/support/kernel.ts";
import { scriptPolicy } from "#e2e/support/servers/fake-model/script-policy.ts";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import type { Event } from "#lib/domain/event.ts";
import { type Env, parseEnv } from "#lib/env.ts";
import { chooseModel, openModels, summarySource } from "#lib/model/choose.ts";
import { openDesks } from "#lib/runs/open-desks.ts";
import { toolbox } from "#lib/runs/toolbox.ts";
import { work } from "#lib/runs/work.ts";
import { openDatabaseFor } from "./support/open-database.ts";
import { type SlowWorld, startSlowWorld } from "./support/slow-world.ts";
import { upstreamLoop } from "./support/upstream-loop.ts";

/**
 * What tools cost a run, against a scripted model and a slow web of our own, all in one go and one after the other:
 *
 *   node bench/tools.ts [--steps 20] [--scale 4] [--token-ms 7]
 *
 * 1. one call with k pages ÷ the slowest of them, k = 1 to 10;
 * 2. from the closing quote of an address in the model's stream to its first request, and what of the stream's tail that saves;
 * 3. a whole run of so many steps, alternately a search of three queries and a visit of three of its hits: as upstream does it, one thing
 *    after the other; with fetch-ahead off; with it on. Pages take 1.5 s (log-normal), searches 0.8 s, a token 7 ms (published for models of 30B with 3B active on one card under load: 5 to 7 ms),
 *    all divided by `scale`. The slower the model, the less of a run tools can take: with 10 ms a token nothing could bring it below 0.41.
 */
const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "20" },
    scale: { type: "string", default: "4" },
    "token-ms": { type: "string", default: "7" },
  },
});
const steps = Number(values.steps);
const scale = Number(values.scale);
const signal = new AbortController().signal;
const say = (label: string, value: string) => console.log(`${label.padEnd(84)}${value}`);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;

await using house = new AsyncDisposableStack();
const postgres = await openDatabaseFor(house);
const kernel: Kernel = await openKernelOn({ url: postgres.url, drop: async () => {} });
house.defer(() => kernel.close());

const extraction = JSON.stringify({ rational: "r", evidence: "What it says.", summary: "In short." });
/** 900 characters: the thoughts of 67 recorded runs of WebDancer have 878 on average. */
const thought = "I think about what was found and what to do next. ".repeat(18);
const call = (name: string, given: unknown) =>
  `<think>\n${thought}\n</think>\n<tool_call>\n${JSON.stringify({ name, arguments: given })}\n</tool_call>`;

interface Scene {
  world: SlowWorld;
  env: Env;
  close(): Promise<void>;
}

/** A world and a model server that speaks these turns. */
async function scene(
  turnsOf: (world: SlowWorld) => string[],
  pace: { searchMs: number; pageMs: number; sigma: number; msPerToken: number },
): Promise<Scene> {
  const world = await startSlowWorld(pace);
  const model = await startFakeModel(scriptPolicy(turnsOf(world), { extraction }), { name: "bench", msPerToken: pace.msPerToken });
  const parsed = parseEnv({
    MODEL_BASE_URL: model.url,
    MODEL_NAME: "bench",
    MODEL_DIALECT: "tongyi",
    SEARCH_PROVIDERS: "searxng",
    SEARXNG_URL: world.searchUrl,
    FETCH_ALLOW_HOSTS: world.pagesHost,
    SEARCH_CACHE_HOURS: "0",
    PAGE_CACHE_HOURS: "0",
  });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return { world, env: parsed.env, close: async () => void (await Promise.all([world.close(), model.close()])) };
}

/** A run through the whole house but its web server; gives its log and how long it took. */
async function run({ env }: Scene, fetchAhead: boolean, onText: (text: string) => void = () => {}): Promise<{ log: Event[]; ms: number }> {
  const models = openModels(env);
  const asked = await kernel.ask("A question", { calls: Math.max(steps, 30) + 5, minutes: 60 });
  const model = await chooseModel(env, models, { key: `${asked.id}:main`, priority: 0, dialect: null }, null, signal);
  const { source } = model;
  const heard = {
    ...model,
    source: {
      async *complete(...request: Parameters<typeof source.complete>) {
        for await (const delta of source.complete(...request)) {
          if (delta.kind === "text") onText(delta.text);
          yield delta;
        }
      },
    },
  };
  const tools = toolbox(openDesks(env, kernel.db.sql), { summaryModel: summarySource(models, 0), fetchAhead });
  const began = performance.now();
  await work(kernel.shop({ model: heard, tools }), await kernel.claim(asked.id), manualStops());
  const ms = performance.now() - began;
  models.close();
  return { log: await kernel.log(asked.id), ms };
}

const returns = (log: readonly Event[]) => log.flatMap((event) => (event.type === "tool-returned" ? [event] : []));

// 1. Pages of one call.
const widths = [1, 2, 4, 6, 8, 10];
let worst = 0;
{
  const paths = (k: number) => Array.from({ length: k }, (_, index) => `/wide-${k}/${index}`);
  const turns = (world: SlowWorld) => [
    call("visit", { url: [`${world.pagesUrl}/warm/0`, `${world.pagesUrl}/warm/1`], goal: "g" }), // the readers' processes start once
    ...widths.map((k) => call("visit", { url: paths(k).map((path) => world.pagesUrl + path), goal: "g" })),
    "<answer>Done.</answer>",
  ];
  const wide = await scene(turns, { searchMs: 0, pageMs: 1_500, sigma: 0.5, msPerToken: 0 });
  const { log } = await run(wide, false);
  for (const [index, returned] of returns(log).slice(1).entries()) {
    const k = widths[index] ?? 0;
    const slowest = Math.max(...paths(k).map(wide.world.latencyOf));
    worst = Math.max(worst, returned.durationMs / slowest);
    say(`one call of ${k} pages ÷ the slowest of them (${seconds(slowest)})`, (returned.durationMs / slowest).toFixed(3));
  }
  await wide.close();
}

// 2. A call begins while it is written.
{
  const tail = "x".repeat(1_500);
  const turns = (world: SlowWorld) => [
    call("visit", { url: [`${world.pagesUrl}/warm/0`], goal: "g" }),
    ...Array.from({ length: 20 }, (_, index) => call("visit", { url: [`${world.pagesUrl}/early/${index}`], goal: `${index} ${tail}` })),
    "<answer>Done.</answer>",
  ];
  const early = await scene(turns, { searchMs: 0, pageMs: 0, sigma: 0, msPerToken: 1 });
  const closedAt = new Map<string, number>();
  let said = "";
  await run(early, false, (text) => {
    said = (said + text).slice(-2_000);
    const path = /(\/early\/\d+)"/.exec(said)?.[1];
    if (path && !closedAt.has(path)) closedAt.set(path, performance.now());
  });
  const lags = [...closedAt].flatMap(([path, moment]) => {
    const arrived = early.world.arrivedAt.get(path);
    return arrived === undefined ? [] : [arrived - moment];
  });
  const sorted = lags.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
  say(`from the closing quote of an address to its request at the site, ms, p50 and p95 of ${lags.length}`, `${at(0.5)}, ${at(0.95)}`);
  await early.close();
}

// 3. Whole runs.
{
  const turns = (world: SlowWorld) => [
    ...Array.from({ length: steps - 1 }, (_, index) => {
      const topic = Math.floor(index / 2);
      const queries = [0, 1, 2].map((query) => `topic ${topic} query ${query}`);
      const hits = [0, 1, 3].map((rank) => `${world.pagesUrl}/${encodeURIComponent(queries[rank % 3] ?? "")}/${Math.floor(rank / 3)}`);
      return index % 2 === 0 ? call("search", { query: queries }) : call("visit", { url: hits, goal: "g" });
    }),
    "<think>\nEnough.\n</think>\n<answer>\nDone.\n</answer>",
  ];
  const pace = { searchMs: 800 / scale, pageMs: 1_500 / scale, sigma: 0.5, msPerToken: Number(values["token-ms"]) / scale };
  const whole = await scene(turns, pace);
  await run(whole, false); // warms the readers
  const models = openModels(whole.env);
  const source = summarySource(models, 0);
  if (!source) throw new Error("The bench has no model");
  const beganSerial = performance.now();
  await upstreamLoop({ model: source, searchUrl: whole.world.searchUrl, pagesHost: whole.world.pagesHost, systemPrompt: "You search." });
  const serial = performance.now() - beganSerial;
  models.close();
  const off = await run(whole, false);
  const before = whole.world.fetched.length;
  const on = await run(whole, true);
  const fetched = whole.world.fetched.slice(before);
  const visited = new Set(
    returns(on.log).flatMap(({ details }) => (details.kind === "visit" ? details.pages.map((page) => new URL(page.url).pathname) : [])),
  );
  const wasted = fetched.filter((path) => !visited.has(path)).length;
  const toolMs = (log: readonly Event[]) => returns(log).reduce((sum, returned) => sum + returned.durationMs, 0);
  say(`${steps} steps as upstream does them`, seconds(serial));
  say(`${steps} steps, fetch-ahead off ÷ upstream`, `${(off.ms / serial).toFixed(3)} (${seconds(off.ms)})`);
  say(`${steps} steps, fetch-ahead on ÷ upstream`, `${(on.ms / serial).toFixed(3)} (${seconds(on.ms)})`);
  say(
    "waiting for tools, fetch-ahead on ÷ off",
    `${(toolMs(on.log) / toolMs(off.log)).toFixed(3)} (${seconds(toolMs(on.log))} ÷ ${seconds(toolMs(off.log))})`,
  );
  say("pages fetched in vain for each that was visited", (wasted / visited.size).toFixed(2));
  say(
    "log and answer the same with and without, but for durations",
    String(JSON.stringify(timeless(on.log)) === JSON.stringify(timeless(off.log))),
  );
  await whole.close();
}
say("worst of the calls with k pages", worst.toFixed(3));
process.exit(0);

/** A log without what differs between any two runs: ids, moments, durations. */
function timeless(log: readonly Event[]): unknown {
  const text = JSON.stringify(log.filter((event) => event.type !== "text-appended"));
  return JSON.parse(text, (key, value: unknown) => {
    if (/(Ms|At|at|seq|waited)$/.test(key) || ["id", "runId", "reportId", "sourceId", "worker"].includes(key)) return undefined;
    return key === "sourceIds" && Array.isArray(value) ? value.length : value;
  });
}
