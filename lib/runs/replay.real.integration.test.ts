import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Kernel, manualStops, openKernel } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { transcriptOf } from "#lib/domain/transcript.ts";
import { completionServer } from "#lib/model/client.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import { work } from "./work.ts";

const realData = process.env.REAL_DATA;
const recordedSchema = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });

/** Recorded runs of a model of this family: each turn goes over HTTP token by token, through dialect, loop and log, and has to come out as it went in. */
describe.skipIf(!realData)("recorded runs", () => {
  const file = join(realData ?? "", "traj-alibaba/WebAgent/WebDancer/datasets/sample_traj.jsonl");
  const recorded = realData
    ? readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => recordedSchema.parse(JSON.parse(line)))
    : [];
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await openKernel();
  });
  afterAll(() => kernel.close());

  test("all of them come out of the log turn by turn equal to what went in", async () => {
    expect(recorded).toHaveLength(67);
    for (const [index, { messages }] of recorded.entries()) {
      const turns = messages.slice(2);
      const said = turns.filter((turn) => turn.role === "assistant").map((turn) => turn.content);
      const observed = turns.filter((turn) => turn.role === "user").map((turn) => inner(turn.content));
      const server = await startFakeModel(({ messages: sent }) => ({
        kind: "text",
        text: said[sent.filter((message) => message.role === "assistant").length] ?? "",
      }));
      const next = observed.values();
      const tools = ["search", "visit"].map((name) => scriptedTool(name, () => String(next.next().value)));
      const run = await kernel.ask(messages[1]?.content.slice(-2_000) ?? "");
      const model = {
        card: { dialect: "tongyi" as const, name: "recorded", window: null },
        dialect: tongyi,
        source: completionServer({ baseUrl: server.url, name: "recorded" }),
      };
      await work(kernel.shop({ model, tools }), await kernel.claim(run.id), manualStops());
      await server.close();
      const out = transcriptOf(await kernel.log(run.id));
      const expected = turns.map((turn) => ({ role: turn.role, content: turn.role === "assistant" ? turn.content.trim() : turn.content }));
      expect(out.messages.slice(2), `run ${index + 1}`).toEqual(expected);
      expect(out.answer, `answer of run ${index + 1}`).toBe(
        /<answer>([\s\S]*?)<\/answer>/.exec(said.at(-1)?.split("</think>").at(-1) ?? "")?.[1]?.trim(),
      );
    }
  }, 300_000);
});

const inner = (observation: string) => observation.replace(/^<tool_response>\n/, "").replace(/\n<\/tool_response>$/, "");
