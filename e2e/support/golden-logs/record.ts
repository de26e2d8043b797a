/**
 * Records the logs that a version writes, so that the versions after it can be tested on them: whole runs of the whole of Dossier, one for
 * each way a run can go. `node e2e/support/golden-logs/record.ts <version>` writes `<version>/<story>.json`: the log as it is stored, what
 * the screen showed of it and what the model would have been sent next. A version's logs are recorded once and never again.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvent } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import { transcriptFold } from "#lib/domain/transcript.ts";
import { type Dossier, startDossier } from "../dossier.ts";
import { type LaneTurn, startHeavyHouse } from "../heavy-house.ts";
import { startWritingHouse } from "../writing-house.ts";
import { logSchemas } from "./log-schemas.ts";

const [version] = process.argv.slice(2);
if (!version) throw new Error("Name the version: node e2e/support/golden-logs/record.ts <version>");
const folder = join(import.meta.dirname, version);
await mkdir(folder);

const depth = "The harbour at Velsund was dredged to nine metres in 1911.";
const church = "The church of Velsund burned in 1920 and was never rebuilt.";
const filler = "It has a long history of fishing and trade. ".repeat(6);
const pages = {
  "/harbour": { kind: "html" as const, title: "The harbour of Velsund", paragraphs: [`Velsund lies on the coast. ${depth} ${filler}`] },
  "/church": { kind: "html" as const, title: "The church of Velsund", paragraphs: [`${filler} ${church} Nobody was hurt.`] },
  "/refused": { kind: "status" as const, status: 403 },
};

await quoting();
await writing();
await heavy();
await writeFile(
  join(folder, "schemas.json"),
  `${JSON.stringify(logSchemas(), null, 1)}
`,
);

async function quoting(): Promise<void> {
  const corpus = await mkdtemp(join(tmpdir(), "dossier-corpus-"));
  await writeFile(join(corpus, "velsund.md"), `# Velsund\n\nVelsund is a town on the coast. ${depth}\n`);
  const house = await startDossier({ CORPUS_DIR: corpus, SEARCH_PROVIDERS: "corpus" });
  await keep(house, "quotes", await ask(house, { question: "How deep is the harbour of Velsund?" }));
  await house.stop();
  await rm(corpus, { recursive: true });
}

async function writing(): Promise<void> {
  const house = await startWritingHouse(pages);
  house.script({
    answer: `${depth} [1] ${church} [2]`,
    writer: {
      outline: "Form: report\n## The harbour {p1, p2, p3, p4}\n## The church {p1, p2, p3, p4}\nOpen: what the dredging cost",
      sections: { harbour: `${depth} [p1][p2]`, church: "A fire took the church of Velsund in 1920 [p2][p3]." },
      closing: "Takeaway: Velsund got a deeper harbour and lost its church.\nNot found: What could not be found\n- What the dredging cost.",
    },
  });
  await keep(house, "written", await ask(house, { question: "Tell the history of Velsund." }));

  const held = Promise.withResolvers<void>();
  house.script({ answer: depth, writer: { outline: "" }, beforePart: held.promise });
  const resumed = await ask(house, { question: "What if the worker dies?" });
  await until(house, resumed, (types) => types.includes("tool-returned") && types.filter((type) => type === "step-ended").length >= 3);
  for (const pid of await house.workers()) process.kill(pid, "SIGKILL");
  await until(house, resumed, (types) => types.filter((type) => type === "run-started").length === 2);
  held.resolve();
  await keep(house, "resumed", resumed);

  const never = Promise.withResolvers<void>();
  house.script({ answer: depth, writer: { outline: "" }, beforePart: never.promise });
  const stopped = await ask(house, { question: "Will it stop?" });
  await until(house, stopped, (types) => types.includes("tool-returned"));
  await house.fetch(`/api/runs/${stopped}/stop`, post({ kind: "now" }));
  await keep(house, "stopped", stopped);
  never.resolve();
  await house.stop();
}

async function heavy(): Promise<void> {
  const house = await startHeavyHouse(pages);
  const lane = (fact: string, path: string): LaneTurn[] => [
    { thought: "I look for it.", report: "Nothing is known yet.", move: { search: "Velsund" } },
    { thought: "I read it.", report: "A page bears on it.", move: { visit: path } },
    { thought: "That is it.", report: fact, move: { answer: `${fact} [1]` } },
  ];
  house.script({
    lanes: [lane(depth, "/harbour"), lane(church, "/church")],
    synthesis: { text: `<think>\nBoth hold.\n</think>\n<answer>\n${depth} [1] ${church} [2]\n</answer>` },
    extracts: { "/harbour": { text: depth }, "/church": { text: church } },
  });
  await keep(house, "heavy", await ask(house, { question: "What happened at Velsund?", mode: "heavy", lanes: 2 }));
  await house.stop();
}

/** Asks in a new session; gives the run's id. */
async function ask(house: Dossier, body: object): Promise<string> {
  const { session } = await (await house.fetch("/api/sessions", post({}))).json();
  const answer = await house.fetch(
    `/api/sessions/${session.id}/runs`,
    post({ mode: "react", ...body, idempotencyKey: crypto.randomUUID() }),
  );
  const { run } = await answer.json();
  return run.id;
}

function post(body: object): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function logOf(house: Dossier, runId: string): Promise<{ type: string }[]> {
  return (await house.fetch(`/api/runs/${runId}/events`, { headers: { accept: "application/json" } })).json();
}

async function until(house: Dossier, runId: string, enough: (types: string[]) => boolean): Promise<void> {
  while (!enough((await logOf(house, runId)).map(({ type }) => type))) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function keep(house: Dossier, story: string, runId: string): Promise<void> {
  await until(house, runId, (types) => types.at(-1) === "run-ended");
  const log = await logOf(house, runId);
  const events = log.flatMap((stored) => readEvent(stored) ?? []);
  const main = transcriptFold("main");
  for (const event of events) main.take(event);
  const recorded = { log, view: runView(events), prompt: main.transcript.messages };
  await writeFile(join(folder, `${story}.json`), `${JSON.stringify(recorded, null, 1)}\n`);
  console.log(`${story}: ${log.length} events, ended ${JSON.stringify(events.at(-1))}`);
}
