import { parseArgs } from "node:util";
import { type Kernel, manualStops, openKernelOn } from "#e2e/support/kernel.ts";
import { seeded } from "#e2e/support/servers/fake-model/seeded.ts";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import type { Event } from "#lib/domain/event.ts";
import { parseEnv } from "#lib/env.ts";
import { chooseModel, laneModels, openModels, summarySource } from "#lib/model/choose.ts";
import { openDesks } from "#lib/runs/open-desks.ts";
import { toolbox } from "#lib/runs/toolbox.ts";
import { work } from "#lib/runs/work.ts";
import { openDatabaseFor } from "./support/open-database.ts";
import { type LanePlan, lanePolicy } from "./support/scripted-lanes-server.ts";
import { type SlowWorld, startSlowWorld } from "./support/slow-world.ts";

/**
 * What lanes cost each other, against scripted model servers and a slow web of our own, through the whole house but its web server:
 *
 *   node bench/heavy.ts [--lanes 2,4,8,16] [--apart] [--scale 2] [--token-ms 7] [--servers 2]
 *
 * Each lane has a plan of its own, of 5 to 8 rounds (seeded), over topics that the lanes share, so that they read the same pages and are faster
 * for it; with `--apart` each has topics of its own, and what is left is what lanes cost each other. Every plan is run alone first (beside a lane
 * that answers at once, since a Heavy run has two), then all of them at once:
 *
 * 1. wall time of the run ÷ (the slowest lane alone + the synthesis);
 * 2. each lane's time ÷ its time alone, the worst of them;
 * 3. fetches at the sites ÷ distinct addresses.
 *
 * A token takes 7 ms, a page 1.5 s (log-normal), a search 0.8 s, as in bench/tools.ts; all divided by `scale`.
 */
const { values } = parseArgs({
  options: {
    lanes: { type: "string", default: "2,4,8,16" },
    apart: { type: "boolean", default: false },
    scale: { type: "string", default: "2" },
    "token-ms": { type: "string", default: "7" },
    servers: { type: "string", default: "2" },
  },
});
const widths = values.lanes.split(",").map(Number);
const scale = Number(values.scale);
const say = (label: string, value: string) => console.log(`${label.padEnd(72)}${value}`);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
const signal = new AbortController().signal;

await using house = new AsyncDisposableStack();
const postgres = await openDatabaseFor(house);
const kernel: Kernel = await openKernelOn({ url: postgres.url, drop: async () => {} });
house.defer(() => kernel.close());

const extraction = JSON.stringify({ rational: "r", evidence: "What it says.", summary: "In short." });
const synthesis = `<think>\n${"I compare what the researchers found. ".repeat(20)}\n</think>\n<findings>\n[]\n</findings>\n<answer>\n${"What they found, in a sentence. ".repeat(40)}\n</answer>`;
const call = (name: string, given: unknown) => `<tool_call>\n${JSON.stringify({ name, arguments: given })}\n</tool_call>`;
const answer = "<answer>\nWhat was found, in a few sentences of the usual length.\n</answer>";

/** The plan of a lane: search, then read three of the hits, and so on. */
function planOf(lane: number, world: SlowWorld): LanePlan {
  const random = seeded(lane);
  const rounds = 5 + Math.floor(random() * 4);
  return Array.from({ length: rounds }, (_, round) => {
    const topic = values.apart ? `${lane}-${Math.floor(round / 2)}` : (lane + Math.floor(round / 2)) % 4;
    const queries = [0, 1, 2].map((query) => `topic ${topic} query ${query}`);
    const hits = [0, 1, 2].map((place) => `${world.pagesUrl}/${encodeURIComponent(queries[place] ?? "")}/${Math.floor(random() * 3)}`);
    const move =
      round === rounds - 1 ? answer : round % 2 === 0 ? call("search", { query: queries }) : call("visit", { url: hits, goal: "g" });
    const thought = "I think about what was found and what to do next. ".repeat(9 + Math.floor(random() * 9));
    return { thought, report: "What is known so far, in a sentence. ".repeat(15 + Math.floor(random() * 15)), move };
  });
}
const atOnce: LanePlan = [{ thought: "It is known.", report: "It is known.", move: answer }];

/** A Heavy run of these plans in a world of its own; gives its log, how long it took and what was fetched. */
async function run(plansOf: (world: SlowWorld) => LanePlan[]): Promise<{ log: Event[]; ms: number; fetched: string[] }> {
  const world = await startSlowWorld({ searchMs: 800 / scale, pageMs: 1_500 / scale, sigma: 0.5 });
  const plans = plansOf(world);
  const policy = lanePolicy(plans, { synthesis, extraction });
  const pace = { name: "bench", msPerToken: Number(values["token-ms"]) / scale };
  const servers = await Promise.all(Array.from({ length: Number(values.servers) }, () => startFakeModel(policy, pace)));
  const parsed = parseEnv({
    MODEL_BASE_URL: servers.map((server) => server.url).join(),
    MODEL_NAME: "bench",
    MODEL_DIALECT: "tongyi",
    SEARCH_PROVIDERS: "serper",
    SERPER_API_KEY: "k",
    PROVIDER_URLS: `serper=${world.searchUrl}`,
    FETCH_ALLOW_HOSTS: world.pagesHost,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const models = openModels(parsed.env);
  const asked = await kernel.askHeavy("A question", { lanes: plans.length }, { calls: 30, minutes: 60 });
  const use = { key: `${asked.id}:main`, priority: 0, dialect: null };
  const model = await chooseModel(parsed.env, models, use, null, signal);
  const laneModel = laneModels(parsed.env, models, model, { runId: asked.id, priority: 0 });
  const desks = openDesks(parsed.env, kernel.db.sql);
  const laneTools = () => toolbox(desks, { summaryModel: summarySource(models, 0), fetchAhead: true });
  const claim = await kernel.claim(asked.id);
  const began = performance.now();
  await work(kernel.shop({ model, laneModel, tools: laneTools(), laneTools }), claim, manualStops());
  const ms = performance.now() - began;
  models.close();
  await Promise.all([world.close(), ...servers.map((server) => server.close())]);
  return { log: await kernel.log(asked.id), ms, fetched: world.fetched };
}

/** How long each lane worked, by the plan it had, in milliseconds. */
function laneTimes(log: readonly Event[]): Map<number, number> {
  const times = new Map<number, number>();
  const startedAt = new Map(log.flatMap((event) => (event.type === "lane-started" ? [[event.lane, Date.parse(event.at)] as const] : [])));
  const planOfLane = new Map(
    log.flatMap((event) => {
      const plan = event.type === "step-ended" ? /^Lane (\d+), round/.exec(event.report ?? "")?.[1] : undefined;
      return event.type === "step-ended" && plan !== undefined ? [[event.lane, Number(plan)] as const] : [];
    }),
  );
  for (const event of log) {
    const plan = event.type === "lane-ended" ? planOfLane.get(event.lane) : undefined;
    if (event.type === "lane-ended" && plan !== undefined)
      times.set(plan, Date.parse(event.at) - (startedAt.get(event.lane) ?? Number.NaN));
  }
  return times;
}

const synthesisMs = (log: readonly Event[]) =>
  log.reduce((sum, event) => sum + (event.type === "step-ended" && event.lane === "synthesis" ? event.durationMs : 0), 0);

await run((world) => [planOf(1, world), atOnce]); // warms the readers
const alone = new Map<number, number>();
for (let lane = 1; lane <= Math.max(...widths); lane++) {
  const { log } = await run((world) => [planOf(lane, world), atOnce]);
  alone.set(lane, Math.max(...laneTimes(log).values()));
}
for (const lanes of widths) {
  const numbers = Array.from({ length: lanes }, (_, index) => index + 1);
  const { log, ms, fetched } = await run((world) => numbers.map((lane) => planOf(lane, world)));
  const slowest = Math.max(...numbers.map((lane) => alone.get(lane) ?? 0));
  const times = laneTimes(log);
  const ratios = numbers.map((lane) => (times.get(lane) ?? Number.NaN) / (alone.get(lane) ?? Number.NaN));
  const sum = slowest + synthesisMs(log);
  say(`${lanes} lanes: wall ÷ (slowest alone + synthesis)`, `${(ms / sum).toFixed(3)} (${seconds(ms)} ÷ ${seconds(sum)})`);
  say(`${lanes} lanes: a lane ÷ alone, worst and median`, `${Math.max(...ratios).toFixed(3)}, ${median(ratios).toFixed(3)}`);
  const distinct = new Set(fetched).size;
  say(`${lanes} lanes: fetches ÷ distinct addresses`, `${(fetched.length / distinct).toFixed(3)} (${fetched.length} ÷ ${distinct})`);
}
process.exit(0);

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
