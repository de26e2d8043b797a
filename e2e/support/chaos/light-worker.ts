import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import type { Model } from "#lib/model/model.ts";
import { startLife } from "#lib/runs/life.ts";
import { startWorker } from "#lib/runs/worker.ts";
import { wait } from "#lib/std/wait.ts";
import type { ModelQuestion, ToolQuestion } from "./chaos-world.ts";

// A worker with everything of the kernel and a model and tools that cost next to nothing: to be killed by the hundred.

const { values } = parseArgs({
  options: {
    id: { type: "string", default: "" },
    url: { type: "string", default: "" },
    world: { type: "string", default: "" },
    concurrency: { type: "string", default: "3" },
    "break-how": { type: "string" },
    "break-run": { type: "string" },
    "slow-run": { type: "string" },
  },
});
const life = startLife(values.url, values.id);
const open = (max: number) =>
  postgres(values.url, { max, onnotice: () => {}, connect_timeout: 10, connection: { application_name: values.id } });
const db: Database = { sql: open(4), queue: open(2), listener: open(1), async end() {} };

async function* ask(path: string, body: ModelQuestion | ToolQuestion, signal: AbortSignal): AsyncGenerator<string> {
  const response = await fetch(`${values.world}${path}`, { method: "POST", body: JSON.stringify(body), signal });
  let rest = "";
  for await (const part of response.body ?? []) {
    const lines = (rest + Buffer.from(part).toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as string; // our own world speaks strings
  }
}

const kept: unknown[] = [];

/** What a search of one run does to its worker. */
function breakDown(how: string | undefined): void {
  switch (how) {
    case "kill":
      process.kill(process.pid, "SIGKILL");
      return;
    case "reject":
      void Promise.reject(new Error("Nobody handles this"));
      return;
    case "heap":
      for (;;) kept.push(new Array(100_000).fill(kept.length));
    case "busy":
      for (const until = performance.now() + 5_500; performance.now() < until; );
      return;
    default:
      throw new Error(`There is no way to break called ${how}`);
  }
}

const modelOf = (runId: string): Model => ({
  card: { dialect: "tongyi", name: "scripted", window: null },
  dialect: tongyi,
  source: {
    async *complete({ messages, sample = 0 }, signal) {
      for await (const text of ask("/model", { runId, messages, sample }, signal)) {
        if (runId === values["slow-run"]) await wait(500, signal);
        yield { kind: "text", text };
      }
      yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
    },
  },
});

function toolsOf(runId: string) {
  const called = async (callId: string, signal: AbortSignal) => {
    let text = "";
    for await (const piece of ask("/tool", { runId, callId }, signal)) text += piece;
    return text;
  };
  const search = scriptedTool("search", ({ query }, signal) => {
    if (runId === values["break-run"]) breakDown(values["break-how"]);
    return called(String(query), signal);
  });
  const visit = sourcedVisit(() => "");
  return [
    search,
    {
      ...visit,
      async run(input: Record<string, unknown>, context: Parameters<typeof visit.run>[1]) {
        const text = await called(String(input.goal), context.signal);
        return sourcedVisit(() => text).run(input, context);
      },
    },
  ];
}

const [told] = await once(process.stdin, "data");
process.stdin.unref();
const worker = await startWorker({
  db,
  id: values.id,
  life,
  replaces: z.array(z.string()).parse(JSON.parse(String(told))),
  concurrency: Number(values.concurrency),
  furnish: async ({ runId }) => ({ model: modelOf(runId), tools: toolsOf(runId), writesReports: true, judgesClaims: true }),
  log: (line) => console.log(line),
});
process.on("SIGTERM", () => void worker.leave().then(() => process.exit(0)));
console.log("takes runs");
flushCompileCache(); // whoever is killed keeps nothing else for the one after it
