import { expect, test } from "vitest";
import type { ResolveHost } from "#lib/tools/fetch/resolve-host.ts";
import { mayLeave } from "./may-leave.ts";

const resolveTo =
  (...addresses: string[]): ResolveHost =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
const told = async (address: string, resolve: ResolveHost) => (await mayLeave(address, { ownHosts: ["wiki.example.com"], resolve }))?.href;

test("an address of the public web may leave, without its fragment", async () => {
  expect(await told("https://news.example.org/a?b#c", resolveTo("93.184.216.34", "2606:2800:220:1::1"))).toBe(
    "https://news.example.org/a?b",
  );
  expect(await told("https://8.8.8.8/", resolveTo("8.8.8.8"))).toBe("https://8.8.8.8/");
});

test.each([["127.0.0.1"], ["10.0.0.5"], ["93.184.216.34", "192.168.1.1"], ["fd00::1"], ["::ffff:10.0.0.1"], []])(
  "a name that leads to %s %s stays here",
  async (...addresses) => {
    expect(await told("https://x.evil.example.org/", resolveTo(...addresses.filter(Boolean)))).toBeUndefined();
  },
);

test("a name that does not resolve here stays here", async () => {
  const resolve: ResolveHost = async () => {
    throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  };
  expect(await told("https://payroll.acme.com/", resolve)).toBeUndefined();
});

test("what its spelling or the operator keeps here is not even looked up", async () => {
  const resolve: ResolveHost = () => Promise.reject(new Error("looked up"));
  for (const address of ["http://10.0.0.1/", "https://wiki.local/", "https://wiki.example.com/x", "not an address"])
    expect(await told(address, resolve)).toBeUndefined();
});
