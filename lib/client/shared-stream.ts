import { type EventStream, openEventStream } from "./event-stream.ts";
import type { TailOptions } from "./event-tail.ts";
import type { FromTab, FromWorker } from "./worker-words.ts";

/** A worker that has not said hello by then does not run here, or not yet. */
const helloMs = 3_000;

/**
 * The stream that all tabs of this browser share, held by a SharedWorker: a browser allows six connections to a server, and a tab each would use them up.
 * Where there is none, or until it starts, a stream of this page's own. When the worker dies its lock frees, and a new one goes on from the last event.
 */
export function openSharedStream(): EventStream {
  if (typeof SharedWorker === "undefined" || !("locks" in navigator)) return openEventStream();
  const following = new Map<number, TailOptions>();
  const lock = `dossier-tab-${crypto.randomUUID()}`;
  const held = Promise.withResolvers<void>();
  let ids = 0;
  let own: EventStream | null = null;
  const leaves = new Map<number, () => void>();
  let port: MessagePort | null = null;
  let away = false;

  const tell = (words: FromTab) => port?.postMessage(words);
  const start = (id: number, options: TailOptions) => {
    if (away) return;
    if (own) leaves.set(id, own.follow(options));
    else tell({ kind: "follow", id, runId: options.runId, after: options.after() });
  };
  const startAll = () => {
    for (const [id, options] of following) start(id, options);
  };
  const goAlone = () => {
    if (own) return;
    port = null;
    own = openEventStream();
    startAll();
  };
  /** A worker that starts late, as on a machine that opens many tabs at once, is used all the same: over a new port, from the last events. */
  const comeTogether = (late: MessagePort) => {
    for (let id = 1; id <= ids; id++) late.postMessage({ kind: "leave", id } satisfies FromTab);
    late.close();
    for (const leave of leaves.values()) leave();
    leaves.clear();
    own = null;
    openWorker();
  };
  const openWorker = () => {
    // A constant address: the bundler reads it.
    const worker = new SharedWorker(new URL("./event-worker.ts", import.meta.url), { type: "module", name: "dossier-events" });
    const opened = worker.port;
    port = opened;
    // Of an earlier one, left while it began, no word is waited for.
    const giveUp = () => port === opened && goAlone();
    const timer = setTimeout(giveUp, helloMs);
    worker.onerror = giveUp;
    opened.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (port !== opened) {
        if (data.kind === "hello" && own && !away) comeTogether(opened);
      } else if (data.kind === "hello") {
        clearTimeout(timer);
        void navigator.locks.request(data.lock, () => {
          if (port === opened && !away) openWorker(); // its lock is free: it is gone
        });
      } else if (data.kind === "event") following.get(data.id)?.onEvent(data.event);
      else following.get(data.id)?.onConnection(data.connection);
    };
    // Only once it is held: the worker would else be granted it first, and take this tab for gone.
    void held.promise.then(() => port === opened && tell({ kind: "here", lock }));
    startAll();
  };
  /** A page that is put aside takes nothing: it leaves, and goes on from its last event when it is shown again. */
  const sleep = () => {
    if (away) return;
    away = true;
    for (const id of following.keys()) tell({ kind: "leave", id });
  };
  const wake = () => {
    if (!away) return;
    away = false;
    if (own) return;
    port?.close();
    openWorker();
  };
  void navigator.locks.request(lock, () => {
    held.resolve();
    return new Promise(() => {}); // for as long as this page lives
  });
  document.addEventListener("freeze", sleep);
  document.addEventListener("resume", wake);
  window.addEventListener("pagehide", sleep);
  window.addEventListener("pageshow", wake);
  openWorker();

  return {
    follow(options) {
      const id = ++ids;
      following.set(id, options);
      start(id, options);
      return () => {
        following.delete(id);
        leaves.get(id)?.();
        leaves.delete(id);
        tell({ kind: "leave", id });
      };
    },
  };
}
