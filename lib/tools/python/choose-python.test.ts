import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { choosePython, type PythonSettings } from "./choose-python.ts";

vi.setConfig({ testTimeout: 120_000 }); // Pyodide starts cold

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "python-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const choose = (settings: Partial<PythonSettings>) =>
  choosePython({ sandbox: "auto", fusionUrls: [], folder, ...settings }, new AbortController().signal);
const fusionUrls = ["http://sandbox.internal:8080", "http://other.internal:8080"];

test("off is off", async () => {
  expect(await choose({ sandbox: "off", fusionUrls })).toEqual({
    providers: [],
    checked: [{ name: "off", state: "off", says: expect.any(String) }],
  });
});

test("a named service is the only one, and is not asked", async () => {
  const { providers, checked } = await choose({ sandbox: "sandboxfusion", fusionUrls });
  expect(providers.map((provider) => provider.name)).toEqual(["sandboxfusion"]);
  expect(checked).toEqual([{ name: "sandboxfusion", state: "works", says: "Scripts go to sandbox.internal:8080, other.internal:8080" }]);
});

test("a named service without an address is to be mended", async () => {
  const { providers, checked } = await choose({ sandbox: "sandboxfusion" });
  expect(providers).toEqual([]);
  expect(checked).toMatchObject([{ name: "sandboxfusion", state: "mend", mend: expect.any(String) }]);
});

test("auto takes the service, and behind it the first sandbox of this machine that ran a script", async () => {
  const { providers, checked } = await choose({ fusionUrls });
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
