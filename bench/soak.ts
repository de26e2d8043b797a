import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { seeded } from "#e2e/support/servers/fake-model/seeded.ts";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { startFakeSearch } from "#e2e/support/servers/fake-search.ts";
import { startFakeWeb } from "#e2e/support/servers/fake-web.ts";
import { openBenchHouse } from "./support/bench-house.ts";
import { openFiles, residentMegabytes } from "./support/memory.ts";
import { slope } from "./support/numbers.ts";

/**
 * Whether Dossier grows while it is used: a crowd that asks, follows with a connection that keeps breaking, stops, reads, exports, shares and
 * deletes, without pauses to think, so that minutes hold the use of days.
 *
 *   node bench/soak.ts [--minutes 10] [--people 8] [--seed 1]
 *
 * Prints a line a minute and, over the second half, the slope of each process' memory: megabytes for a thousand runs, and for an hour at this pace.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    people: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
  },
});
const lastMs = Number(values.minutes) * 60_000;
const random = seeded(Number(values.seed));

await using house = new AsyncDisposableStack();
const fact = "The harbour of Velsund was dredged to nine metres in 1911.";
const web = await startFakeWeb({
  "/harbour": { kind: "html", title: "The harbour", paragraphs: [`${fact} ${"It trades in fish. ".repeat(80)}`] },
});
house.defer(() => web.close());
const search = await startFakeSearch(() => [{ url: `${web.url}/harbour`, title: "The harbour", content: fact }]);
house.defer(() => search.close());
const called = (name: string, given: object) =>
  `<think>\n${"I look for it. ".repeat(20)}\n</think>\n<tool_call>\n${JSON.stringify({ name, arguments: given })}\n</tool_call>`;
const turns = [
  () => called("search", { query: ["Velsund harbour", `depth ${random()}`] }),
  () => called("visit", { url: [`${web.url}/harbour`], goal: "depth" }),
  () => `<think>\n${"I weigh it. ".repeat(40)}\n</think>\n<answer>\n${fact} [1]\n</answer>`,
];
const model = await startFakeModel(
  ({ messages }) => {
    const turn = turns[messages.filter(({ role }) => role === "assistant").length];
    const isAgent = messages[0]?.role === "system";
    const text = isAgent
      ? (turn?.() ?? "<answer>Done.</answer>")
      : JSON.stringify({ rational: "It says so.", evidence: fact, summary: fact });
    return { kind: "text", text, msPerToken: isAgent ? 2 : 0 };
  },
  { name: "bench" },
);
house.defer(() => model.close());
const { dossier, sql, processes } = await openBenchHouse(house, {
  MODEL_BASE_URL: model.url,
  MODEL_NAME: "bench",
  MODEL_DIALECT: "tongyi",
  SEARCH_PROVIDERS: "searxng",
  SEARXNG_URL: search.url,
  SCHOLAR_PROVIDERS: "none",
  PYTHON_SANDBOX: "off",
  FETCH_ALLOW_HOSTS: web.host,
  WORKER_CONCURRENCY: values.people,
});

const send = (method: string, path: string, body?: object) =>
  dossier.fetch(path, { method, ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }) });
const get = async (path: string) => void (await (await dossier.fetch(path)).arrayBuffer());
let runs = 0;
let drops = 0;
let over = false;
const people = Array.from({ length: Number(values.people) }, async () => {
  while (!over) await oneQuestion();
});

async function oneQuestion(): Promise<void> {
  const { session } = await (await send("POST", "/api/sessions", {})).json();
  const asked = await send("POST", `/api/sessions/${session.id}/runs`, {
    question: `How deep is it? ${runs}`,
    idempotencyKey: crypto.randomUUID(),
  });
  const { run } = await asked.json();
  await get(`/sessions/${session.id}`);
  if (random() < 0.2) await send("POST", `/api/runs/${run.id}/stop`, { kind: random() < 0.5 ? "now" : "finish" });
  await follow(run.id);
  runs += 1;
  const [report] = await sql<{ id: string }[]>`select id from reports where run_id = ${run.id}`;
  if (report) {
    await get(`/reports/${report.id}`);
    const format = ["markdown", "pdf", "docx", "html", "bundle"][Math.floor(random() * 5)];
    await get(`/api/reports/${report.id}/export/${format}`);
    const { share } = await (await send("POST", `/api/reports/${report.id}/shares`, { scope: "sources" })).json();
    await get(new URL(share.url).pathname);
  }
  if (random() < 0.5) await send("DELETE", `/api/sessions/${session.id}`);
}

/** Follows to the end; half of the connections break after the first bytes and go on where they were. */
async function follow(runId: string): Promise<void> {
  for (let after = 0; ; ) {
    const leave = new AbortController();
    const response = await dossier.fetch(`/api/runs/${runId}/events?after=${after}`, { signal: leave.signal });
    if (response.status === 204) return; // there is nothing after the end
    const breaks = random() < 0.5;
    try {
      for await (const bytes of response.body ?? []) {
        const text = Buffer.from(bytes).toString();
        after = Number([...text.matchAll(/^id: (?:[^:\n]*:)?(\d+)$/gm)].at(-1)?.[1] ?? after);
        if (text.includes("event: run-ended")) return leave.abort();
        if (breaks) break;
      }
    } catch {
      // The server let it go: it comes back like one that broke by itself.
    }
    leave.abort();
    drops += 1;
  }
}

interface Sample {
  runs: number;
  hours: number;
  megabytes: Record<"web" | "worker" | "postgres", number>;
  files: number;
}
const samples: Sample[] = [];
const began = performance.now();
let nextLine = 60_000;
while (performance.now() - began < lastMs) {
  await pause(2_000);
  const { web: webPids, worker, postgres } = processes();
  const elapsed = performance.now() - began;
  const megabytes = { web: residentMegabytes(webPids), worker: residentMegabytes(worker), postgres: residentMegabytes(postgres) };
  const sample = { runs, hours: elapsed / 3_600_000, megabytes, files: openFiles([...webPids, ...worker]) };
  samples.push(sample);
  if (elapsed < nextLine) continue;
  nextLine += 60_000;
  console.log(
    `${(elapsed / 60_000).toFixed(0)} min: ${runs} runs, ${drops} connections broken, ${shown(megabytes)} MB, ${sample.files} open files`,
  );
}
over = true;
await Promise.all(people);

const second = samples.slice(Math.floor(samples.length / 2));
for (const part of ["web", "worker", "postgres"] as const) {
  const perRuns = slope(second.map((each) => [each.runs / 1000, each.megabytes[part]] as const));
  const perHour = slope(second.map((each) => [each.hours, each.megabytes[part]] as const));
  console.log(`${part}: ${perRuns.toFixed(1)} MB for a thousand runs, ${perHour.toFixed(0)} MB an hour at this pace`);
}
console.log(`open files: ${slope(second.map((each) => [each.runs / 1000, each.files] as const)).toFixed(1)} for a thousand runs`);

function shown(megabytes: Sample["megabytes"]): string {
  return Object.entries(megabytes)
    .map(([part, size]) => `${part} ${size.toFixed(0)}`)
    .join(", ");
}
