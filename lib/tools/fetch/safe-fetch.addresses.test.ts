import { expect, test } from "vitest";
import { serve } from "./local-server.fixture.ts";
import type { ResolveHost } from "./resolve-host.ts";
import { safeFetch } from "./safe-fetch.ts";

const signal = new AbortController().signal;
const resolveTo =
  (...addresses: string[]): ResolveHost =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

test.each([
  ["127.0.0.1"],
  ["::1"],
  ["93.184.216.34", "10.0.0.5"],
  ["10.0.0.5", "93.184.216.34"],
  ["::ffff:10.0.0.1"],
  ["64:ff9b::a9fe:a9fe"],
  ["169.254.169.254"],
  ["fd00:ec2::254"],
])("a name that resolves to %s %s is blocked", async (...addresses) => {
  const answer = await safeFetch("http://evil.example.com/", { allowHosts: [], signal, resolve: resolveTo(...addresses.filter(Boolean)) });
  expect(answer).toMatchObject({ ok: false, reason: "blocked-address", detail: expect.stringMatching(/^evil\.example\.com leads to /) });
});

test("127.0.0.1.nip.io is asked for like any name and blocked by its answer", async () => {
  const canary = await serve((_, response) => response.end("secret"));
  const address = `http://127.0.0.1.nip.io:8080/`;
  expect(await safeFetch(address, { allowHosts: [], signal, resolve: resolveTo("127.0.0.1") })).toMatchObject({
    reason: "blocked-address",
  });
  expect(canary.connections()).toBe(0);
});

test("a name that does not resolve is not found", async () => {
  const resolve: ResolveHost = async () => {
    throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  };
  expect(await safeFetch("http://nowhere.example.com/", { allowHosts: [], signal, resolve })).toMatchObject({ reason: "not-found" });
});

test("every spelling of a canary on loopback stays closed, with another port of the same host open", async () => {
  const canary = await serve((_, response) => response.end("secret"));
  const canary6 = await serve((_, response) => response.end("secret"), "::1").catch(() => null);
  const open = await serve((_, response) => response.end("page"));
  const hosts = ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0", "localhost", "localhost.", "127。0。0。1"];
  const hosts6 = ["[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::]"];
  const addresses = [...hosts, ...hosts6].flatMap((host) =>
    [canary, canary6].flatMap((server) => (server ? [`http://${host}:${server.port}/`] : [])),
  );
  for (const address of addresses) {
    expect(await safeFetch(address, { allowHosts: [open.host], signal })).toMatchObject({ ok: false, reason: "blocked-address" });
  }
  expect(canary.connections() + (canary6?.connections() ?? 0)).toBe(0);
  expect(await safeFetch(open.origin, { allowHosts: [open.host], signal })).toMatchObject({
    ok: true,
    url: `${open.origin}/`,
    status: 200,
  });
});

test("a name the operator allowed may lead to a private address, at that port alone", async () => {
  const server = await serve((_, response) => response.end("intranet"));
  const resolve = resolveTo("127.0.0.1");
  const allowHosts = [`wiki.corp:${server.port}`];
  expect(await safeFetch(`http://wiki.corp:${server.port}/`, { allowHosts, signal, resolve })).toMatchObject({ ok: true });
  expect(await safeFetch("http://wiki.corp/", { allowHosts, signal, resolve })).toMatchObject({ reason: "blocked-address" });
  expect(server.connections()).toBe(1);
});
