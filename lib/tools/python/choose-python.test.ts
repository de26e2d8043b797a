import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type SandboxReply, startFakeSandbox } from "#e2e/support/servers/fake-sandbox.ts";
import { choosePython, type PythonSettings } from "./choose-python.ts";

vi.setConfig({ testTimeout: 120_000 }); // Pyodide starts cold

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "python-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const never = new AbortController().signal;
const choose = (settings: Partial<PythonSettings>) => choosePython({ sandbox: "auto", fusionUrls: [], folder, ...settings }, never);
const fusion = async (reaches: string[] = [], reply: SandboxReply = {}) => {
  const server = await startFakeSandbox(() => reply, { reaches });
  onTestFinished(() => server.close());
  return server;
};
const hostOf = ({ port }: { port: number }) => `127.0.0.1:${port}`;

test("off is off", async () => {
  expect(await choose({ sandbox: "off", fusionUrls: ["http://sandbox.internal:8080"] })).toEqual({
    providers: [],
    checked: [{ name: "off", state: "off", says: expect.any(String) }],
  });
});

test("a named service is the only one, and is tried at each of its addresses", async () => {
  const servers = await Promise.all([fusion(), fusion()]);
  const { providers, checked } = await choose({ sandbox: "sandboxfusion", fusionUrls: servers.map(({ url }) => url) });
  expect(providers.map((provider) => provider.name)).toEqual(["sandboxfusion"]);
  const hosts = servers.map(hostOf).join(", ");
  expect(checked).toEqual([{ name: "sandboxfusion", state: "works", says: `Scripts go to ${hosts}, and reach no network` }]);
  expect(servers.map((server) => server.probes())).toEqual([1, 1]);
});

test("a service whose scripts reach a network is to be mended, and is not used", async () => {
  const [closed, open] = await Promise.all([fusion(), fusion(["1.1.1.1:443"])]);
  const says = `Scripts at ${hostOf(open)} reach 1.1.1.1:443: it is not used`;
  expect(await choose({ sandbox: "sandboxfusion", fusionUrls: [open.url] })).toEqual({
    providers: [],
    checked: [{ name: "sandboxfusion", state: "mend", says, mend: expect.any(String) }],
  });
  const both = await choose({ sandbox: "sandboxfusion", fusionUrls: [closed.url, open.url] });
  expect(both.checked).toMatchObject([{ state: "mend", says }]);
  expect(both.providers.map((provider) => provider.name)).toEqual(["sandboxfusion"]);
});

test("a service that does not answer is used all the same", async () => {
  const server = await fusion([], { status: 503 });
  const { providers, checked } = await choose({ sandbox: "sandboxfusion", fusionUrls: [server.url] });
  expect(providers.map((provider) => provider.name)).toEqual(["sandboxfusion"]);
  expect(checked).toEqual([{ name: "sandboxfusion", state: "mend", says: `${hostOf(server)}: HTTP 503`, mend: expect.any(String) }]);
});

test("a named service without an address is to be mended", async () => {
  const { providers, checked } = await choose({ sandbox: "sandboxfusion" });
  expect(providers).toEqual([]);
  expect(checked).toMatchObject([{ name: "sandboxfusion", state: "mend", mend: expect.any(String) }]);
});

test("auto takes the service, and behind it the first sandbox of this machine that ran a script", async () => {
  const { providers, checked } = await choose({ fusionUrls: [(await fusion()).url] });
  const [service, own] = providers.map((provider) => provider.name);
  expect(service).toBe("sandboxfusion");
  expect(["bubblewrap", "pyodide"]).toContain(own);
  expect(checked.at(-1)).toEqual({ name: own, state: "works", says: "A script was run in it" });
  expect(checked.filter((check) => check.state === "works")).toHaveLength(2);
});

test("Pyodide runs where nothing else is set up", async () => {
  const { providers, checked } = await choose({ sandbox: "pyodide" });
  expect(providers.map((provider) => provider.name)).toEqual(["pyodide"]);
  expect(checked).toMatchObject([{ name: "pyodide", state: "works" }]);
});
