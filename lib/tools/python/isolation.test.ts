import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { type SandboxReply, startFakeSandbox } from "#e2e/support/servers/fake-sandbox.ts";
import { serveRaw } from "#lib/tools/fetch/local-server.fixture.ts";
import { bubblewrap } from "./bubblewrap.ts";
import { isolationOf } from "./isolation.ts";
import { reachingScript } from "./reaching-script.ts";
import { sandboxFusionAt } from "./sandbox-fusion.ts";

vi.setConfig({ testTimeout: 60_000 }); // a loaded machine takes its time to start a process

const never = new AbortController().signal;
const isAbsent = (program: string) => spawnSync(program, ["--version"]).error !== undefined;

test.skipIf(isAbsent("python3"))("the script names who was reached, and is not held up by who was not", async () => {
  const door = await serveRaw((socket) => socket.destroy());
  const targets = [`127.0.0.1 ${door.port}`, "127.0.0.1 1", "no.such.name.invalid 80"];
  const { stdout } = await promisify(execFile)("python3", ["-c", reachingScript(targets)]);
  expect(stdout).toBe(`42 127.0.0.1:${door.port}\n`);
});

test.skipIf(isAbsent("bwrap"))("bubblewrap is isolated", async () => {
  expect(await isolationOf(bubblewrap(), never)).toEqual({ kind: "isolated" });
});

test.each<[string, SandboxReply, string[], object]>([
  ["nobody", {}, [], { kind: "isolated" }],
  ["this machine", {}, ["10.0.0.7:4000", "1.1.1.1:443"], { kind: "open", reached: "10.0.0.7:4000, 1.1.1.1:443" }],
  ["it runs nothing", { broken: "no disk" }, [], { kind: "unknown", failure: { reason: "provider-failed" } }],
  ["it is not well", { status: 503 }, [], { kind: "unknown", failure: { reason: "server-error" } }],
])("a service whose scripts reach %s", async (_, reply, reaches, expected) => {
  const server = await startFakeSandbox(() => reply, { reaches });
  onTestFinished(() => server.close());
  expect(await isolationOf(sandboxFusionAt(server.url), never)).toMatchObject(expected);
});
