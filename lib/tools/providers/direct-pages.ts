import PQueue from "p-queue";
import { siteOf } from "#lib/std/site-of.ts";
import { type BodyRoom, bodyRoom } from "#lib/tools/fetch/body-room.ts";
import { byteBudget } from "#lib/tools/fetch/byte-budget.ts";
import { safeFetch } from "#lib/tools/fetch/safe-fetch.ts";
import { readPage } from "#lib/tools/reader/read-page.ts";
import type { PageRead } from "#lib/tools/tool.ts";
import type { Answer, PageProvider } from "./provider.ts";

/** Of all sites together, from the request to the end of the reading: two calls of 20 addresses run side by side. */
const atOnceInAll = 40;
/**
 * What large pages may hold together, while they come and while they wait for a reader. Beside it each of the 40 may hold a small page of
 * 1 MB. That is the bodies' 200 MB and no bound on this process: a body is there twice while its pieces are joined, and once more while it
 * is sent to its reader, until the memory is collected. 60 pages of 19 MB at once: 483 MB.
 */
const largeBytes = 160_000_000;

/** Reads pages straight from the web. What one site does is no sign of what the next one will do. Its limits hold for all it is asked: open one. */
export function directPages(options: { allowHosts: readonly string[] }): PageProvider {
  const inAll = new PQueue({ concurrency: atOnceInAll });
  const budget = byteBudget(largeBytes);
  const readOne = async (url: string, signal: AbortSignal) => {
    const room = bodyRoom(budget);
    try {
      return await read(url, { ...options, signal, room });
    } finally {
      room.leave();
    }
  };
  return {
    name: "direct",
    manners: { atOnce: 10, local: true },
    partOf: (url) => URL.parse(url)?.host ?? "",
    ask: (url, signal) => inAll.add(() => readOne(url, signal), { signal }),
  };
}

interface Reading {
  allowHosts: readonly string[];
  signal: AbortSignal;
  room: BodyRoom;
}

async function read(requestedUrl: string, { allowHosts, signal, room }: Reading): Promise<Answer<PageRead>> {
  const fetchedAt = new Date().toISOString();
  const fetched = await safeFetch(requestedUrl, { allowHosts, signal, room });
  signal.throwIfAborted();
  if (!fetched.ok) return fetched;
  const { url, status, contentType, bytes } = fetched;
  const document = await readPage(bytes, { url, contentType, signal });
  signal.throwIfAborted();
  if (!document.ok) return document;
  return {
    ok: true,
    value: { requestedUrl, url, title: document.title || url, site: siteOf(url), text: document.text, status, fetchedAt },
  };
}
