import { afterAll, beforeAll, expect, test } from "vitest";
import { figureBytes, figuresOf } from "#db/queries/figures.ts";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedModel } from "#e2e/support/scripted-model.ts";
import { startFakeSandbox } from "#e2e/support/servers/fake-sandbox.ts";
import { openDesk } from "#lib/tools/policies/open-desk.ts";
import { png } from "#lib/tools/python/png.fixture.ts";
import { sandboxFusion } from "#lib/tools/python/sandbox-fusion.ts";
import { pythonTool } from "#lib/tools/python-interpreter.ts";
import { work } from "./work.ts";

let kernel: Kernel;
let sandbox: Awaited<ReturnType<typeof startFakeSandbox>>;
const picture = png(40, 30);
beforeAll(async () => {
  kernel = await openKernel();
  sandbox = await startFakeSandbox(() => ({ stdout: "depth by year\n", files: { "depth.png": picture.toString("base64") } }));
});
afterAll(async () => {
  await sandbox.close();
  await kernel.close();
});

const draw =
  '<think>\nI draw.\n</think>\n<tool_call>\n{"name": "PythonInterpreter", "arguments": {}}\n<code>\nplt.savefig("depth.png")\n</code>\n</tool_call>';

test("what a script drew is kept once, named to the model, and shown by the report that names it", async () => {
  const tool = pythonTool({ sandboxes: [openDesk(sandboxFusion({ urls: [sandbox.url] }))] });
  const model = scriptedModel([draw, draw, "<answer>\nIt grew.\n\n![Depth by year](figure:1)\n\n![Another](figure:7)\n</answer>"]);
  const run = await kernel.ask("How deep was it each year?");
  await work(kernel.shop({ model, tools: [tool] }), await kernel.claim(run.id), manualStops());
  expect(model.prompts[1]?.at(-1)?.content).toContain("[depth.png is kept. To show it in the answer: ![what it shows](figure:1)]");
  const figures = await figuresOf(kernel.db.sql, run.id);
  expect(figures).toMatchObject([{ n: 1, name: "depth.png", width: 40, height: 30 }]);
  const bytes = await figureBytes(kernel.db, viewer, figures[0]?.id ?? "");
  expect(Buffer.from(bytes ?? []).equals(picture)).toBe(true);
  expect(await figureBytes(kernel.db, { id: "other" }, figures[0]?.id ?? "")).toBeNull();
  const report = await getReport(kernel.db, viewer, (await getRun(kernel.db.sql, viewer, run.id))?.reportId ?? "");
  expect(report?.figures).toEqual(figures);
});
