import { expect, onTestFinished, test } from "vitest";
import { type SandboxReply, startFakeSandbox } from "#e2e/support/servers/fake-sandbox.ts";
import { shortened } from "./printed.ts";
import { sandboxFusion } from "./sandbox-fusion.ts";

const never = new AbortController().signal;
const job = { code: "print(1)", files: [{ name: "a b.csv", bytes: Buffer.from("1,2\n") }], timeoutMs: 50_000, memoryMegabytes: 1_024 };

async function service(reply: SandboxReply) {
  const server = await startFakeSandbox(() => reply);
  onTestFinished(() => server.close());
  return server;
}
const ask = async (reply: SandboxReply, change: Partial<typeof job> = {}) =>
  sandboxFusion({ urls: [(await service(reply)).url] }).ask({ ...job, ...change }, never);

test("a script goes there with its files and its time", async () => {
  const server = await service({ stdout: "1\n", seconds: 0.25 });
  const answer = await sandboxFusion({ urls: [`${server.url}/`] }).ask(job, never);
  expect(answer).toMatchObject({ ok: true, value: { returnCode: 0, ended: "exited", durationMs: 250 } });
  expect(answer?.ok && shortened(answer.value.stdout, 100)).toBe("1\n");
  expect(server.requests).toEqual([
    {
      code: "print(1)",
      language: "python",
      run_timeout: 50,
      compile_timeout: 10,
      memory_limit_MB: -1,
      stdin: null,
      files: { "a b.csv": "MSwyCg==" },
      fetch_files: [],
    },
  ]);
});

test.each<[string, SandboxReply, object]>([
  ["an error", { stderr: "ValueError: x\n", returnCode: 1 }, { returnCode: 1, ended: "exited" }],
  ["too long", { stdout: "before", overdue: true, seconds: 50.1 }, { returnCode: null, ended: "timed-out", durationMs: 50_100 }],
  ["too much memory", { stderr: "Traceback\nMemoryError\n", returnCode: 1 }, { returnCode: 1, ended: "out-of-memory" }],
  ["a crash", { returnCode: -11 }, { returnCode: null, ended: "crashed" }],
])("a script that failed is an answer: %s", async (_, reply, value) => {
  expect(await ask(reply)).toMatchObject({ ok: true, value });
});

test.each<[string, SandboxReply, string]>([
  ["an error of its own", { broken: "no space left" }, "provider-failed"],
  ["an overloaded service", { status: 503 }, "server-error"],
  ["too many requests", { status: 429 }, "rate-limited"],
  ["another service", { body: "<!doctype html>" }, "provider-failed"],
])("a service that could not run it is none: %s", async (_, reply, reason) => {
  expect(await ask(reply)).toMatchObject({ ok: false, reason });
});

test("a service that is not there is unreachable", async () => {
  const server = await startFakeSandbox(() => "silence");
  await server.close();
  expect(await sandboxFusion({ urls: [server.url] }).ask(job, never)).toMatchObject({ ok: false, reason: "unreachable" });
});

test("an abort is thrown, as the contract says", async () => {
  const stop = new AbortController();
  const server = await startFakeSandbox(() => {
    stop.abort();
    return "silence";
  });
  onTestFinished(() => server.close());
  await expect(sandboxFusion({ urls: [server.url] }).ask(job, stop.signal)).rejects.toThrow();
});

test("each try goes to one of several by chance", async () => {
  const servers = await Promise.all([service({ stdout: "a" }), service({ stdout: "b" })]);
  const chances = [0, 0.99, 0.49, 0.5];
  const provider = sandboxFusion({ urls: servers.map((server) => server.url), random: () => chances.shift() ?? 0 });
  for (let tries = 0; tries < 4; tries++) await provider.ask(job, never);
  expect(servers.map((server) => server.requests.length)).toEqual([2, 2]);
});
