import { promisify } from "node:util";
import { type BrotliOptions, brotliCompress, constants, deflate, deflateRaw, gzip, zstdCompress } from "node:zlib";
import { expect, test, vi } from "vitest";
import type { FetchLimits } from "./fetch-limits.ts";
import { type LocalServer, serve, serveRaw } from "./local-server.fixture.ts";
import { safeFetch } from "./safe-fetch.ts";

// A loaded machine takes its time to start a process; no test waits for this long.
vi.setConfig({ testTimeout: 30_000 });

const never = new AbortController().signal;
const get = (server: LocalServer, limits?: Partial<FetchLimits>, signal = never) =>
  safeFetch(server.origin, { allowHosts: [server.host], signal, ...(limits && { limits }) });

const packers: [string, (plain: Buffer) => Promise<Buffer>][] = [
  ["gzip", promisify<Buffer, Buffer>(gzip)],
  ["x-gzip", promisify<Buffer, Buffer>(gzip)],
  ["deflate", promisify<Buffer, Buffer>(deflate)],
  ["Deflate", promisify<Buffer, Buffer>(deflateRaw)],
  ["br", (plain) => promisify<Buffer, BrotliOptions, Buffer>(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })],
  ["zstd", promisify<Buffer, Buffer>(zstdCompress)],
];
const html = { "content-type": "text/html" };
const serveBytes = (bytes: Buffer, encoding: string) =>
  serve((_, response) => response.writeHead(200, { ...html, "content-encoding": encoding }).end(bytes));

test.each(packers)("%s is unpacked", async (encoding, pack) => {
  const page = Buffer.from("<p>Grüße</p>".repeat(10_000));
  const answer = await get(await serveBytes(await pack(page), encoding));
  expect(answer).toMatchObject({ ok: true, status: 200, contentType: "text/html" });
  expect(answer.ok && Buffer.from(answer.bytes).equals(page)).toBe(true);
});

test("two encodings are undone in the right order, identity and an empty body are fine", async () => {
  const once = await promisify<Buffer, Buffer>(gzip)(Buffer.from("page"));
  const twice = await promisify<Buffer, Buffer>(zstdCompress)(once);
  const answer = await get(await serveBytes(twice, "gzip, identity, zstd"));
  expect(answer.ok && Buffer.from(answer.bytes).toString()).toBe("page");
  expect(await get(await serveBytes(Buffer.alloc(0), "gzip"))).toMatchObject({ ok: true, bytes: Buffer.alloc(0) });
  expect(await get(await serveBytes(Buffer.alloc(0), "deflate"))).toMatchObject({ ok: true, bytes: Buffer.alloc(0) });
});

test.each(packers)("a %s bomb of 30 MB is cut at the cap", async (encoding, pack) => {
  const answer = await get(await serveBytes(await pack(Buffer.alloc(30_000_000)), encoding));
  expect(answer).toMatchObject({ ok: false, reason: "too-large", detail: "more than 20 MB unpacked" });
});

test("a bomb in a bomb is cut at the cap", async () => {
  const pack = promisify<Buffer, Buffer>(gzip);
  const answer = await get(await serveBytes(await pack(await pack(Buffer.alloc(30_000_000))), "gzip, gzip"));
  expect(answer).toMatchObject({ ok: false, reason: "too-large" });
});

test.each(packers)("broken and truncated %s is a failed page, not a crash", async (encoding, pack) => {
  const whole = await pack(Buffer.from(Array.from({ length: 5_000 }, (_, index) => `${index * 7919} `).join("")));
  expect(await get(await serveBytes(whole.subarray(0, whole.length / 2), encoding))).toMatchObject({
    ok: false,
    reason: "unreadable-page",
  });
  expect(await get(await serveBytes(Buffer.from("\xff\xfethis was never compressed", "latin1"), encoding))).toMatchObject({
    ok: false,
    reason: "unreadable-page",
  });
});

test("four encodings and unknown ones are not unpacked", async () => {
  expect(await get(await serveBytes(Buffer.from("x"), "gzip, gzip, gzip, gzip"))).toMatchObject({
    reason: "unsupported-type",
    detail: "compressed 4 times over, the limit is 2",
  });
  expect(await get(await serveBytes(Buffer.from("x"), "compress"))).toMatchObject({ reason: "unsupported-type" });
});

test("an endless body is cut at the cap, and the server is hung up on", async () => {
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  const chunk = Buffer.alloc(65_536, "x");
  const server = await serve((_, response) => {
    response.writeHead(200, html);
    const pump = () => {
      while (response.writable && response.write(chunk)) sent += chunk.length;
    };
    response.on("drain", pump).on("close", closed.resolve);
    pump();
  });
  expect(await get(server)).toMatchObject({ ok: false, reason: "too-large", detail: "more than 10 MB sent" });
  await closed.promise;
  expect(sent).toBeLessThan(20_000_000);
});

test("a body of 10 GB is refused by its Content-Length", async () => {
  const server = await serve((_, response) => response.writeHead(200, { ...html, "content-length": 10_000_000_000 }).write("x"));
  expect(await get(server)).toMatchObject({ reason: "too-large", detail: "10000 MB, the limit is 10 MB" });
});

test("a Content-Length that promises more than comes is a broken connection", async () => {
  const server = await serveRaw((socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nshort")));
  expect(await get(server)).toMatchObject({ ok: false, reason: "unreachable" });
});

test("a Content-Length that promises less than comes ends the page there", async () => {
  const server = await serveRaw((socket) =>
    socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nshort and then more")),
  );
  const answer = await get(server);
  expect(answer.ok ? Buffer.from(answer.bytes).toString() : answer.reason).toMatch(/^(short|server-error|unreachable)$/);
});

test("a slow drip ends at the deadline", async () => {
  const server = await serve((_, response) => {
    const drip = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(drip));
  });
  expect(await get(server, { totalMs: 300 })).toMatchObject({ ok: false, reason: "timed-out", detail: "not finished after 0.3 s" });
});

test("a server that never answers, and one that stops in the middle, end at their deadlines", async () => {
  const silent = await serveRaw(() => {});
  const stuck = await serve((_, response) => response.writeHead(200, html).write("half"));
  const [first, second] = await Promise.all([get(silent, { headersMs: 200 }), get(stuck, { bodyIdleMs: 200 })]);
  expect(first).toMatchObject({ reason: "timed-out", detail: "the server did not begin to answer" });
  expect(second).toMatchObject({ reason: "timed-out", detail: "the server stopped in the middle of the page" });
});

test("60 kB of headers are too large", async () => {
  const server = await serveRaw((socket) =>
    socket.once("data", () => socket.write(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(60_000)}\r\n\r\nbody`)),
  );
  expect(await get(server)).toMatchObject({ ok: false, reason: "too-large" });
});

test("an answer that is not HTTP is a server error; a closed port and a closed connection are unreachable", async () => {
  const server = await serveRaw((socket) => socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.2p1\r\n")));
  expect(await get(server)).toMatchObject({ ok: false, reason: "server-error" });
  const hangsUp = await serveRaw((socket) => socket.destroy());
  expect(await get(hangsUp)).toMatchObject({ ok: false, reason: "unreachable" });
  expect(await safeFetch("http://127.0.0.1:1/", { allowHosts: ["127.0.0.1:1"], signal: never })).toMatchObject({ reason: "unreachable" });
});

test("a certificate nobody vouches for is unreachable", async () => {
  const server = await serveRaw((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
  const answer = await safeFetch(`https://${server.host}/`, { allowHosts: [server.host], signal: never });
  expect(answer).toMatchObject({ ok: false, reason: "unreachable" });
});

test.each(["video/mp4", "audio/mpeg", "image/png", "image/svg+xml", "font/woff2", "application/x-msdownload"])(
  "%s is not fetched",
  async (type) => {
    const server = await serve((_, response) => response.writeHead(200, { "content-type": type }).write("x"));
    expect(await get(server)).toMatchObject({ ok: false, reason: "unsupported-type" });
  },
);

test.each([
  "text/html; charset=utf-8",
  "TEXT/HTML",
  "application/xhtml+xml",
  "text/markdown",
  "text/plain",
  "application/json",
  "application/ld+json",
  "application/rss+xml",
  "",
])("%s is fetched", async (type) => {
  const server = await serve((_, response) => response.writeHead(200, type ? { "content-type": type } : {}).end("x"));
  expect(await get(server)).toMatchObject({ ok: true, contentType: type });
});

test.each<[number, string, Record<string, string>?, string?]>([
  [401, "refused"],
  [402, "refused"],
  [403, "refused"],
  [451, "refused"],
  [404, "not-found"],
  [410, "not-found"],
  [408, "timed-out"],
  [429, "rate-limited"],
  [429, "rate-limited", { "retry-after": "30" }, "HTTP 429, retry after 30 s"],
  [500, "server-error"],
  [503, "server-error", { "retry-after": "Fri, 31 Dec 2027 23:59:59 GMT" }, "HTTP 503, retry after Fri, 31 Dec 2027 23:59:59 GMT"],
  [403, "refused", { "cf-mitigated": "challenge" }, "HTTP 403, the site shows a challenge instead of the page"],
  [304, "server-error"],
  [302, "server-error"],
  [204, "unreadable-page", {}, "HTTP 204, a page without content"],
])("HTTP %i is %s", async (status, reason, headers = {}, detail = `HTTP ${status}`) => {
  const server = await serve((_, response) => response.writeHead(status, { ...html, ...headers }).end());
  expect(await get(server)).toMatchObject({ ok: false, reason, detail });
});

test("what a server asks to wait is told", async () => {
  const server = await serve((_, response) => response.writeHead(429, { ...html, "retry-after": "30" }).end());
  expect(await get(server)).toMatchObject({ ok: false, retryAfterMs: 30_000 });
});

test("an abort ends the fetch at once, before it began and in the middle", async () => {
  const stop = new AbortController();
  const server = await serve((_, response) => {
    response.writeHead(200, html).write("half");
    stop.abort();
  });
  expect(await get(server, {}, stop.signal)).toMatchObject({ ok: false, reason: "cancelled" });
  expect(await get(server, {}, stop.signal)).toMatchObject({ ok: false, reason: "cancelled" });
  expect(server.connections()).toBe(1);
});
