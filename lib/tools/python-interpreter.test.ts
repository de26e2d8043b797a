import { expect, onTestFinished, test } from "vitest";
import { type SandboxReply, startFakeSandbox } from "#e2e/support/servers/fake-sandbox.ts";
import { openDesk } from "./policies/open-desk.ts";
import type { PythonProvider } from "./python/python-job.ts";
import { sandboxFusion } from "./python/sandbox-fusion.ts";
import { pythonArguments, pythonTool } from "./python-interpreter.ts";
import type { ToolContext } from "./tool.ts";

const context: ToolContext = {
  signal: new AbortController().signal,
  keepSource: () => Promise.reject(new Error("Python reads no pages")),
  keepFigure: async ({ name, width, height }) => ({ id: "f1", n: 1, name, width, height }),
  mayVisit: async () => false,
  attachments: [
    { id: "1", name: "a.csv", type: "CSV", size: 4 },
    { id: "2", name: "gone.csv", type: "CSV", size: 4 },
  ],
  bytesOf: async ({ id }) => (id === "1" ? Buffer.from("1,2\n") : null),
};

async function service(reply: SandboxReply) {
  const server = await startFakeSandbox(() => reply);
  onTestFinished(() => server.close());
  return Object.assign(sandboxFusion({ urls: [server.url] }), { requests: server.requests });
}
const run = (code: string, ...providers: PythonProvider[]) =>
  pythonTool({ sandboxes: providers.map((provider) => openDesk(provider)) }).run({ code }, context);

test.each<[string, SandboxReply, string | undefined, string]>([
  ["output", { stdout: "42\n" }, undefined, "stdout:\n42\n"],
  ["both", { stdout: "42\n", stderr: "careful\n" }, undefined, "stdout:\n42\n\nstderr:\ncareful\n"],
  ["silence", {}, undefined, "Finished execution."],
  ["an error", { stdout: "1\n", stderr: "ValueError: x\n", returnCode: 1 }, "script-failed", "stdout:\n1\n\nstderr:\nValueError: x\n"],
  ["an exit code alone", { returnCode: 3 }, "script-failed", "[PythonInterpreter Error] The script ended with exit code 3."],
  ["no end", { stdout: "1\n", overdue: true }, "timed-out", "stdout:\n1\n\n[PythonInterpreter Error] TimeoutError: Execution timed out."],
  [
    "too much memory",
    { stderr: "MemoryError\n", returnCode: 1 },
    "out-of-memory",
    "stderr:\nMemoryError\n\n[PythonInterpreter Error] MemoryError: The script used more memory than it may.",
  ],
  ["a crash", { returnCode: -11 }, "crashed", "[PythonInterpreter Error] The Python process ended unexpectedly."],
])("what the model reads: %s", async (_, reply, reason, text) => {
  const { outcome, details } = await run("x", await service(reply));
  expect(outcome).toEqual(reason ? { kind: "failed", reason, text } : { kind: "ok", text });
  expect(details).toMatchObject({ kind: "python", code: "x", ...(reason && { failure: reason }) });
});

test("a long output is cut in its middle for the model, later for people, and says so", async () => {
  const lines = Array.from({ length: 100_000 }, (_, line) => `line ${line}`).join("\n");
  const { outcome, details } = await run("x", await service({ stdout: lines }));
  expect(outcome.text.length).toBeLessThan(20_000);
  expect(outcome.text).toMatch(/^stdout:\nline 0\n[\s\S]*characters left out[\s\S]*line 99999$/);
  expect(details).toMatchObject({ stdout: expect.stringMatching(/^line 0\n[\s\S]*characters left out[\s\S]*line 99999$/) });
  expect(JSON.stringify(details).length).toBeLessThan(200_000);
});

test("the script is given the uploaded files that are still there", async () => {
  const sandbox = await service({});
  await run("x", sandbox);
  expect(sandbox.requests[0]?.files).toEqual({ "a.csv": "MSwyCg==" });
});

test("files are fetched when a sandbox runs the script, and not before", async () => {
  const fetched: string[] = [];
  const bytesOf: ToolContext["bytesOf"] = async ({ name }) => {
    fetched.push(name);
    return Buffer.from("1,2\n");
  };
  const gate = Promise.withResolvers<null>();
  const busy: PythonProvider = { name: "busy", manners: { atOnce: 1 }, ask: () => gate.promise };
  const sandbox = await service({});
  const running = pythonTool({ sandboxes: [busy, sandbox].map((provider) => openDesk(provider)) }).run(
    { code: "x" },
    { ...context, bytesOf },
  );
  await new Promise(setImmediate);
  expect(fetched).toEqual([]);
  gate.resolve(null);
  await running;
  expect(fetched).toEqual(["a.csv", "gone.csv"]);
});

test("when every sandbox reaches a network, the model is told that there is none", async () => {
  const server = await startFakeSandbox(() => ({}), { reaches: ["1.1.1.1:443"] });
  onTestFinished(() => server.close());
  const { outcome } = await run("x", sandboxFusion({ urls: [server.url] }));
  expect(outcome).toMatchObject({ kind: "failed", text: expect.stringContaining("no sandbox here is cut off from the network") });
  expect(server.requests).toEqual([]);
});

test("a sandbox that cannot run it is followed by the next one; a script that failed is not tried again", async () => {
  const [away, failing, unasked] = await Promise.all([service({ status: 503 }), service({ returnCode: 1 }), service({})]);
  const { outcome, provider, attempts } = await run("x", away, { ...failing, name: "second" }, unasked);
  expect(outcome).toMatchObject({ kind: "failed", reason: "script-failed" });
  expect(provider).toBe("second");
  expect(attempts).toMatchObject([
    { provider: "sandboxfusion", ok: false, reason: "server-error" },
    { provider: "second", ok: true },
  ]);
  expect(unasked.requests).toEqual([]);
});

test("when no sandbox can run it, the model is told so", async () => {
  const { outcome, details } = await run("x", await service({ status: 503 }));
  expect(outcome).toMatchObject({ kind: "failed", reason: "server-error", text: expect.stringContaining("could not be run") });
  expect(details).toMatchObject({ kind: "python", returnCode: null, failure: "server-error" });
});

test("code is taken with and without a fence, and must be there", () => {
  expect(pythonArguments.parse({ code: "```python\nprint(1)\n```" })).toEqual({ code: "print(1)" });
  expect(pythonArguments.safeParse({ code: " " }).success).toBe(false);
  expect(pythonArguments.safeParse({}).success).toBe(false);
});

test("what the model reads about it follows how its dialect gives code", () => {
  expect(pythonTool({ sandboxes: [] }).parameters).toEqual({ type: "object", properties: {}, required: [] });
  expect(pythonTool({ sandboxes: [] }).description).toContain("<code>");
  expect(pythonTool({ sandboxes: [], form: "argument" }).parameters).toMatchObject({ required: ["code"] });
});
