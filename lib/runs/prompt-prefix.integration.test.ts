import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Kernel, manualStops, openKernel } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { renderPrompt } from "#e2e/support/servers/fake-model/render-prompt.ts";
import { type ChatRequest, type Reply, startFakeModel } from "#e2e/support/servers/fake-model.ts";
import type { Event } from "#lib/domain/event.ts";
import { completionServer } from "#lib/model/client.ts";
import { native } from "#lib/model/dialects/native.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import { work } from "./work.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

/** What the model does in a turn, and how the worker that hears it fares. */
interface Move {
  does: "call" | "calls" | "unreadable" | "nothing" | "unknown tool";
  thought: string;
  observation: string;
  crash: "no" | "in the thought" | "in the tool";
}
const text = fc.string({ unit: fc.constantFrom("a", "b ", "\n", "漢", "é", "<", "🎉", '"', "\\", "{"), maxLength: 80 });
const move: fc.Arbitrary<Move> = fc.record({
  does: fc.constantFrom("call", "call", "call", "calls", "unreadable", "nothing", "unknown tool"),
  thought: text,
  observation: fc.oneof(text, fc.constant("A long observation. ".repeat(60))),
  crash: fc.constantFrom("no", "no", "no", "in the thought", "in the tool"),
});

const assistants = ({ messages }: ChatRequest) => messages.filter((message) => message.role === "assistant").length;
const orders = /limit of what this run may use|has to be kept of it/;

/** The turn as the dialect writes it. The queries are numbered, so that no two steps ask for the same. */
function turn(dialect: "tongyi" | "native", { does, thought }: Move, n: number): Reply {
  const said = thought.replaceAll("<", "‹");
  const name = does === "unknown tool" ? "teleport" : "search";
  const calls = (does === "calls" ? [`${n}`, `${n}b`] : [`${n}`]).map((query) => JSON.stringify({ query: [query] }));
  if (dialect === "native" && (does === "call" || does === "calls" || does === "unknown tool"))
    return {
      kind: "turn",
      reasoning: said,
      content: "",
      calls: calls.map((args, index) => ({ id: `c${n}-${index}`, name, arguments: args })),
    };
  const body =
    does === "nothing"
      ? ""
      : does === "unreadable"
        ? "<tool_call>search!</tool_call>"
        : `<tool_call>\n{"name": "${name}", "arguments": ${calls[0]}}\n</tool_call>`;
  return { kind: "text", text: `<think>\n${said}\n</think>\n${body}` };
}

/** One run through all its crashes. Gives the prompts in the order in which the server got them, rendered, and the log. */
async function prompts(dialect: "tongyi" | "native", moves: Move[], whenFull: "answer" | "compact", window: number) {
  const asked: ChatRequest[] = [];
  const crashed = new Set<string>();
  let stops = manualStops();
  const crashOnce = (key: string) => !crashed.has(key) && Boolean(crashed.add(key));
  let made = 0;
  const server = await startFakeModel(
    (chat) => {
      const last = chat.messages.at(-1)?.content ?? "";
      asked.push(chat);
      if (/has to be kept of it/.test(last)) return { kind: "text", text: "<summary>\nKept.\n</summary>" };
      const next = moves[assistants(chat) % moves.length];
      if (orders.test(last) || !next || asked.length > 25) return { kind: "text", text: "<answer>The end.</answer>" };
      if (next.crash === "in the thought" && crashOnce(`thought ${assistants(chat)}`)) {
        stops.leave();
        return { kind: "stall", text: "<think>half" };
      }
      return turn(dialect, next, ++made);
    },
    { toolParser: "hermes", reasoningParser: dialect === "native" },
  );
  const model = {
    card: { dialect, name: "m", window },
    dialect: dialect === "native" ? native : tongyi,
    source: completionServer({ baseUrl: server.url, name: "m" }),
  };
  const run = await kernel.ask("How deep is the harbour?", { calls: 14, minutes: 10 }, whenFull);
  const tool = scriptedTool("search", ({ query }) => {
    const next = moves[Number.parseInt(String(query), 10) % moves.length];
    if (next?.crash === "in the tool" && crashOnce(`tool ${String(query)}`)) stops.leave();
    return next?.observation ?? "";
  });
  for (let attempt = 0; ; attempt++) {
    stops = manualStops();
    try {
      // Each attempt is on another day: the date in the prompt has to stay that of the first.
      const clock = () => new Date(Date.now() + attempt * 86_400_000);
      await work(kernel.shop({ model, tools: [tool], ...(attempt > 0 && { clock }) }), await kernel.claim(run.id), stops);
      break;
    } catch (error) {
      expect(error).toHaveProperty("message", "leaving");
    }
  }
  await server.close();
  return { prompts: asked, log: await kernel.log(run.id) };
}

describe.each(["tongyi", "native"] as const)("in the dialect %s", (dialect) => {
  test("the prompt of a step is byte for byte a prefix of the next one's, through crashes and takeovers, but for a declared compaction", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 1, maxLength: 8 }),
        fc.constantFrom("answer", "compact"),
        fc.constantFrom(2_500, 131_072),
        async (moves, whenFull, window) => {
          const { prompts: asked, log } = await prompts(dialect, moves, whenFull as "answer" | "compact", window as number);
          const rendered = asked.map((chat) => ({
            text: renderPrompt({ ...chat, add_generation_prompt: false }),
            order: orders.test(chat.messages.at(-1)?.content ?? ""),
          }));
          let compactions = 0;
          for (const [index, prompt] of rendered.entries()) {
            const before = rendered.slice(0, index).findLast((each) => !each.order);
            if (!before || prompt.order) continue;
            if (!prompt.text.startsWith(before.text)) {
              compactions++;
              expect(prompt.text).toContain("<summary>\nKept.\n</summary>");
            }
          }
          expect(compactions).toBe(log.filter((event: Event) => event.type === "context-compacted").length);
          expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "done" });
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
