import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkUrl } from "./check-url.ts";
import type { ResolveHost } from "./resolve-host.ts";
import { safeFetch } from "./safe-fetch.ts";

const data = process.env.REAL_DATA;
const signal = new AbortController().signal;

/** Listeners on loopback, on the ports that are opened by default where they are free, and how many connections came. */
const canaries: { port: number; close(): void }[] = [];
let connections = 0;

async function canary(host: string, port: number): Promise<void> {
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  const listening = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false)); // the port is taken, or not ours to take, or there is no IPv6
    server.listen(port, host, () => resolve(true));
  });
  const address = server.address();
  if (listening && address && typeof address === "object") canaries.push({ port: address.port, close: () => server.close() });
}

beforeAll(async () => {
  for (const host of ["127.0.0.1", "::1"]) for (const port of [80, 443, 8080, 8443, 0]) await canary(host, port);
});
afterAll(() => {
  for (const each of canaries) each.close();
});

/** The worst resolver there is: whatever is asked for lies on this machine. */
const everythingIsLocal: ResolveHost = async () => [{ address: "127.0.0.1", family: 4 }];

/** Every address of the material: of the payload collection, and of the URL standard's tests, alone and on their bases. */
function addresses(): string[] {
  const payloads = readFileSync(`${data}/payloads/Server Side Request Forgery/README.md`, "utf8");
  const written = payloads.match(/[a-z][a-z0-9+.-]*:\/\/[^\s`"'<>)|]+/gi) ?? [];
  const folder = `${data}/url-wpt/tests/wpt`;
  const standard = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as unknown[])
    .flatMap((entry) => inputsOf(entry));
  return [...new Set([...written, ...standard])];
}

function inputsOf(entry: unknown): string[] {
  if (typeof entry !== "object" || entry === null || !("input" in entry) || typeof entry.input !== "string") return [];
  const base = "base" in entry && typeof entry.base === "string" ? entry.base : undefined;
  const resolved = base === undefined ? null : URL.parse(entry.input, base);
  return [entry.input, `http://${entry.input}/`, ...(resolved ? [resolved.href] : [])];
}

/** The same address at each port a canary listens on. */
function atCanaries(address: string): string[] {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return [];
  return [...new Set(canaries.map(({ port }) => port))].map((port) => {
    const moved = new URL(url);
    moved.port = String(port);
    return moved.href;
  });
}

test.skipIf(!data)(
  "nothing of the collections reaches this machine, under any name and at any port",
  async () => {
    const all = addresses();
    const tried = [...new Set(all.flatMap((address) => [address, ...atCanaries(address)]))];
    const reasons = new Map<string, number>();
    for (let at = 0; at < tried.length; at += 50) {
      const answers = await Promise.all(
        tried.slice(at, at + 50).map((address) => safeFetch(address, { allowHosts: [], signal, resolve: everythingIsLocal })),
      );
      for (const answer of answers) {
        const reason = answer.ok ? "fetched" : answer.reason;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    process.stdout.write(
      `\n${all.length} addresses, ${tried.length} with ports, canaries at ${canaries.map(({ port }) => port).join(", ")}: ${[...reasons].map(([reason, count]) => `${reason} ${count}`).join(", ")}; connections ${connections}\n`,
    );
    expect(all.length).toBeGreaterThan(1_000);
    expect(canaries.length).toBeGreaterThan(0);
    // A name that no resolver would be asked for is not found.
    expect([...reasons.keys()].filter((reason) => reason !== "blocked-address" && reason !== "not-found")).toEqual([]);
    expect(connections).toBe(0);
  },
  120_000,
);

test.skipIf(!data)("addresses that real reports cite and real runs met are not blocked", () => {
  const texts = ["odr", "webthinker", "traj-alibaba"]
    .flatMap((set) => filesBelow(`${data}/${set}`))
    .map((file) => readFileSync(file, "utf8"));
  const urls = [...new Set(texts.flatMap((text) => text.match(/https?:\/\/[a-z0-9.-]+\.[a-z]{2,}(?:\/[\w./~%-]*)?/gi) ?? []))];
  const blocked = urls.filter((url) => !checkUrl(url, []).ok);
  process.stdout.write(`\n${urls.length} public addresses, ${blocked.length} blocked ${blocked.join(" ")}\n`);
  expect(urls.length).toBeGreaterThan(500);
  expect(blocked).toEqual([]);
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
