import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { type LocalServer, serve } from "./local-server.fixture.ts";
import type { ResolveHost } from "./resolve-host.ts";
import { safeFetch } from "./safe-fetch.ts";

const signal = new AbortController().signal;
const evil: ResolveHost = async () => [{ address: "127.0.0.1", family: 4 }];
const moved = (response: ServerResponse, location: string, status = 302) => response.writeHead(status, { location }).end("moved");

/** An open site whose every path redirects to the given address, and a canary nobody may reach. */
async function redirectingTo(target: (canary: LocalServer) => string, status?: number) {
  const canary = await serve((_, response) => response.end("secret"));
  const site = await serve((_, response) => moved(response, target(canary), status));
  return { canary, answer: await safeFetch(site.origin, { allowHosts: [site.host], signal, resolve: evil }) };
}

test.each<[string, (canary: LocalServer) => string, number?]>([
  ["the metadata service", () => "http://169.254.169.254/latest/meta-data/"],
  ["an IPv4-mapped loopback", ({ port }) => `http://[::ffff:7f00:1]:${port}/`],
  ["a decimal loopback, with 307", ({ port }) => `http://2130706433:${port}/`, 307],
  ["loopback itself", ({ port }) => `http://127.0.0.1:${port}/`, 301],
  ["loopback at an open port", () => "http://127.0.0.1:8080/", 308],
  ["a file", () => "file:///etc/passwd"],
  ["data", () => "data:text/html,hello", 303],
  ["a name whose DNS answers loopback", () => "http://evil.example.com:8080/"],
  ["user info", () => "http://user:pw@example.com/"],
  ["a scheme-relative loopback", ({ port }) => `//127.0.0.1:${port}/`],
  ["something that is no address", () => "http://[::1"],
])("a redirect to %s is blocked", async (_, target, status) => {
  const { canary, answer } = await redirectingTo(target, status);
  expect(answer).toMatchObject({ ok: false, reason: "blocked-address" });
  expect(canary.connections()).toBe(0);
});

test("the second of two hops is checked like the first", async () => {
  const site = await serve((request, response) => moved(response, request.url === "/" ? "/second" : "http://10.0.0.1/"));
  const answer = await safeFetch(site.origin, { allowHosts: [site.host], signal });
  expect(answer).toMatchObject({ reason: "blocked-address", detail: "redirected: 10.0.0.1 is not a public address" });
});

test("an endless loop ends after five redirects", async () => {
  let requests = 0;
  const site = await serve((_, response) => moved(response, `/${++requests}`));
  const answer = await safeFetch(site.origin, { allowHosts: [site.host], signal });
  expect(answer).toMatchObject({ ok: false, reason: "too-many-redirects", detail: "more than 5 redirects" });
  expect(requests).toBe(6);
});

test("five redirects on the same host arrive, at the last address", async () => {
  const site = await serve((request, response) => {
    const hop = Number(request.url?.slice(1));
    hop < 5 ? moved(response, `/${hop + 1}`, 301 + (hop % 2)) : response.writeHead(200, { "content-type": "text/plain" }).end("there");
  });
  const answer = await safeFetch(`${site.origin}/0`, { allowHosts: [site.host], signal });
  expect(answer).toMatchObject({ ok: true, url: `${site.origin}/5`, status: 200, contentType: "text/plain" });
});

test("a redirect with an endless body is followed at once", async () => {
  const site = await serve((request, response) => {
    if (request.url === "/there") return response.end("there");
    response.writeHead(302, { location: "/there" }).write("x".repeat(100_000));
  });
  expect(await safeFetch(site.origin, { allowHosts: [site.host], signal })).toMatchObject({ ok: true, url: `${site.origin}/there` });
});

test("a Location in raw UTF-8 arrives where a browser would", async () => {
  const seen: (string | undefined)[] = [];
  const site = await serve((request, response) => {
    seen.push(request.url);
    request.url === "/" ? moved(response, Buffer.from("/köln").toString("latin1")) : response.end("there");
  });
  await safeFetch(site.origin, { allowHosts: [site.host], signal });
  expect(seen).toEqual(["/", "/k%C3%B6ln"]);
});
