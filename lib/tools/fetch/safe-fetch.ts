import type { Readable } from "node:stream";
import { Agent, type Dispatcher } from "undici";
import type { BodyRoom } from "./body-room.ts";
import { checkUrl } from "./check-url.ts";
import { type FailedFetch, failedFetch } from "./failed-fetch.ts";
import { type FetchLimits, fetchLimits } from "./fetch-limits.ts";
import { headerOf } from "./header-of.ts";
import { httpFailure } from "./http-failure.ts";
import { isAllowedHost } from "./is-allowed-host.ts";
import { isDocumentType } from "./is-document-type.ts";
import { megabytes } from "./megabytes.ts";
import { networkFailure } from "./network-failure.ts";
import { isPublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";
import { redirectTarget } from "./redirect-target.ts";
import { type ResolveHost, resolveHost } from "./resolve-host.ts";
import { safeConnector } from "./safe-connector.ts";

export interface SafeFetchOptions {
  /** FETCH_ALLOW_HOSTS: hosts that may be private and may use any port. */
  allowHosts: readonly string[];
  signal: AbortSignal;
  resolve?: ResolveHost;
  limits?: Partial<FetchLimits>;
  /** Of the body, in memory; whoever gives it leaves it when the bytes are not needed any more. Absent: there is enough. */
  room?: BodyRoom;
}

export interface FetchedDocument {
  ok: true;
  url: string; // after redirects
  status: number;
  contentType: string;
  bytes: Uint8Array;
}

/**
 * Opens an address that a model or a page named: only http(s), only public addresses unless the operator allowed the host, checked
 * again at every redirect and at every connection, within caps on bytes and time. Every expected failure is a value with a closed
 * reason; an aborted `signal` gives `cancelled`.
 */
export async function safeFetch(address: string, options: SafeFetchOptions): Promise<FetchedDocument | FailedFetch> {
  const limits = { ...fetchLimits, ...options.limits };
  const deadline = AbortSignal.timeout(limits.totalMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const agent = safeAgent(options, limits);
  try {
    signal.throwIfAborted();
    return await follow({ ...options, address, agent, signal, limits });
  } catch (error) {
    if (options.signal.aborted) return failedFetch("cancelled", "stopped before it ended");
    if (options.room?.isWaiting) return noRoom(limits);
    if (deadline.aborted) return failedFetch("timed-out", `not finished after ${limits.totalMs / 1_000} s`);
    return networkFailure(error);
  } finally {
    await agent.destroy();
  }
}

/** Whatever became of the connection while nothing was read from it, the site is not to blame. As long a wait again is not worth another try. */
const noRoom = ({ totalMs }: FetchLimits): FailedFetch => ({
  ...failedFetch("rate-limited", "too much is being read at the moment"),
  retryAfterMs: totalMs,
});

interface Walk {
  address: string;
  agent: Agent;
  signal: AbortSignal;
  limits: FetchLimits;
  allowHosts: readonly string[];
  room?: BodyRoom;
}

/** Redirects are walked here and never by the HTTP client: each hop passes the same checks as the first address. */
async function follow(walk: Walk): Promise<FetchedDocument | FailedFetch> {
  let address = walk.address;
  for (let hops = 0; hops <= walk.limits.redirects; hops++) {
    const checked = checkUrl(address, walk.allowHosts);
    if (!checked.ok) return hops === 0 ? checked : { ...checked, detail: `redirected: ${checked.detail}` };
    const response = await request(checked.url, walk);
    const target = redirectTarget(response);
    if (target === null) return await documentOf(checked.url, response, walk);
    discard(response.body);
    address = URL.parse(target, checked.url)?.href ?? target;
  }
  return failedFetch("too-many-redirects", `more than ${walk.limits.redirects} redirects`);
}

const request = (url: URL, { agent, signal }: Walk) =>
  agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: "GET",
    signal,
    headers: {
      "user-agent": "Dossier/0.1 (self-hosted research reader; opens single pages for a person)",
      accept: "text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.9,application/json;q=0.8,*/*;q=0.5",
      "accept-encoding": "gzip, deflate, br, zstd",
    },
  });

async function documentOf(url: URL, response: Dispatcher.ResponseData, walk: Walk): Promise<FetchedDocument | FailedFetch> {
  const { limits, room, signal } = walk;
  const contentType = headerOf(response, "content-type") ?? "";
  const failure = httpFailure(response) ?? unwanted(contentType, Number(headerOf(response, "content-length")), limits);
  if (failure) {
    discard(response.body);
    return failure;
  }
  const contentEncoding = [response.headers["content-encoding"]].flat().join(",");
  const grown = (held: number) => room?.grow(held, limits.decodedBytes, signal);
  const bytes = await readBody(response.body, { contentEncoding, limits, grown });
  room?.settle(bytes.byteLength);
  return { ok: true, url: url.href, status: response.statusCode, contentType, bytes };
}

function unwanted(contentType: string, announced: number, { wireBytes }: FetchLimits): FailedFetch | null {
  if (!isDocumentType(contentType)) return failedFetch("unsupported-type", `${contentType.slice(0, 80)} is not a text document`);
  return announced > wireBytes ? failedFetch("too-large", `${megabytes(announced)}, the limit is ${megabytes(wireBytes)}`) : null;
}

/** Ends a body nobody will read, and with it its connection: what the server still sends is not waited for. */
const discard = (body: Readable) => void body.on("error", () => {}).destroy();

function safeAgent(options: SafeFetchOptions, limits: FetchLimits): Agent {
  const mayReach = (address: string, host: string, port: string) =>
    isPublicAddress(address) || isAllowedHost(host, port, options.allowHosts);
  return new Agent({
    connections: 4,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyIdleMs,
    maxHeaderSize: limits.headerBytes,
    connect: safeConnector({ mayReach, resolve: options.resolve ?? resolveHost, connectMs: limits.connectMs }),
  });
}
