import { expect, onTestFinished, test } from "vitest";
import { type SandboxReply, startFakeSandbox } from "#e2e/support/servers/fake-sandbox.ts";
import { jobFile } from "./job-file.fixture.ts";
import { png } from "./png.fixture.ts";
import { shortened } from "./printed.ts";
import { sandboxFusion } from "./sandbox-fusion.ts";

const never = new AbortController().signal;
const job = { code: "print(1)", files: [jobFile("a b.csv", "1,2\n")], timeoutMs: 50_000, memoryMegabytes: 1_024 };

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

test("pictures that the script names are asked for and given", async () => {
  const picture = png(4, 3).toString("base64");
  const server = await service({ stdout: "", files: { "plot.png": picture, "b.png": Buffer.from("no picture").toString("base64") } });
  const code = "plt.savefig('plot.png'); plt.savefig(\"b.png\"); open('../c.png')";
  const answer = await sandboxFusion({ urls: [server.url] }).ask({ ...job, code }, never);
  expect(server.requests[0]?.fetch_files).toEqual(["plot.png", "b.png"]);
  expect(answer?.ok && answer.value.figures).toMatchObject([{ name: "plot.png", width: 4, height: 3 }]);
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

test("where scripts reach a network none goes, with files or without: another address is asked, or nobody", async () => {
  const [open, closed] = await Promise.all([
    startFakeSandbox(() => ({ stdout: "open" }), { reaches: ["1.1.1.1:443"] }),
    startFakeSandbox(() => ({ stdout: "closed" })),
  ]);
  onTestFinished(() => Promise.all([open, closed].map((server) => server.close())).then(() => {}));
  const both = sandboxFusion({ urls: [open.url, closed.url], random: () => 0 });
  const alone = sandboxFusion({ urls: [open.url] });
  for (const files of [job.files, []]) {
    expect(await both.ask({ ...job, files }, never)).toMatchObject({ ok: true, value: { stdout: { head: "closed" } } });
    expect(await alone.ask({ ...job, files }, never)).toBeNull();
  }
  expect(open.requests).toEqual([]);
  expect(await both.examine(never)).toEqual([{ kind: "open", reached: "1.1.1.1:443" }, { kind: "isolated" }]);
  expect([open.probes(), closed.probes()]).toEqual([2, 1]); // once for each provider
});

test("where one address is away another one is asked, and only where none is left it has failed", async () => {
  const [away, closed, open] = await Promise.all([
    startFakeSandbox(() => ({ status: 503 })),
    startFakeSandbox(() => ({ stdout: "closed" })),
    startFakeSandbox(() => ({}), { reaches: ["1.1.1.1:443"] }),
  ]);
  onTestFinished(() => Promise.all([away, closed, open].map((server) => server.close())).then(() => {}));
  const askFirst = (...servers: { url: string }[]) =>
    sandboxFusion({ urls: servers.map(({ url }) => url), random: () => 0 }).ask(job, never);
  expect(await askFirst(away, closed)).toMatchObject({ ok: true, value: { stdout: { head: "closed" } } });
  expect(await askFirst(away, open)).toMatchObject({ ok: false, reason: "server-error" });
  expect(await askFirst(away, away)).toMatchObject({ ok: false, reason: "server-error" });
  expect(away.requests).toEqual([]);
});

test("a service that was away is tried again by the next job, and only once for jobs that come together", async () => {
  let reply: SandboxReply = { status: 503 };
  const server = await startFakeSandbox(() => reply);
  onTestFinished(() => server.close());
  const provider = sandboxFusion({ urls: [server.url] });
  expect(await provider.examine(never)).toMatchObject([{ kind: "unknown", failure: { reason: "server-error" } }]);
  expect(await provider.ask(job, never)).toMatchObject({ ok: false, reason: "server-error" });
  expect(server.requests).toEqual([]);
  reply = { stdout: "1" };
  const answers = await Promise.all([1, 2, 3].map(() => provider.ask(job, never)));
  expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
  expect([server.probes(), server.requests.length]).toEqual([3, 3]);
});
