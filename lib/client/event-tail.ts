import type { Event, EventType } from "#lib/domain/event.ts";
import { getRun, Refusal } from "./api.ts";

/** live: news arrives. lost: the browser is trying again. storage: the server is there, its database is not. offline: this device has no network. gone: the run is no longer there. ended: nothing more will come. */
export type Connection = "live" | "lost" | "storage" | "offline" | "gone" | "ended";

export interface EventTail {
  close: () => void;
}

export interface TailOptions {
  runId: string;
  /** The number of the last event that is known, asked anew at every connection. */
  after: () => number;
  onEvent: (event: Event) => void;
  onConnection: (connection: Connection) => void;
}

const types = Object.keys({
  "run-queued": 0,
  "run-started": 0,
  "lane-started": 0,
  "lane-ended": 0,
  "text-appended": 0,
  "model-failed": 0,
  "model-returned": 0,
  "model-silent": 0,
  "context-compacted": 0,
  "step-ended": 0,
  "tool-called": 0,
  "tool-returned": 0,
  "source-found": 0,
  "stop-requested": 0,
  "run-paused": 0,
  "run-resumed": 0,
  "message-queued": 0,
  "message-delivered": 0,
  "report-written": 0,
  "run-ended": 0,
} satisfies Record<EventType, 0>);

/**
 * Follows a run's events. A dropped connection is taken up again by EventSource itself; after an answer other than 200 it gives up,
 * so the run is asked for until it answers, and the tail goes on after the last event that arrived.
 */
export function openEventTail({ runId, after, onEvent, onConnection }: TailOptions): EventTail {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let said: Connection = "live";
  let closed = false;

  const say = (now: Connection) => {
    said = now;
    onConnection(now);
  };
  const connect = () => {
    if (closed) return;
    source?.close();
    source = new EventSource(`/api/runs/${runId}/events?after=${after()}`);
    source.onopen = () => {
      attempts = 0;
      say("live");
    };
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) tryLater();
      if (said !== "storage" || !navigator.onLine) say(navigator.onLine ? "lost" : "offline");
    };
    for (const type of types) source.addEventListener(type, take);
  };
  const take = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as Event; // our own server parsed it when it was written
    if (said !== "live") say("live"); // a server on this machine is heard without a network
    onEvent(event);
    if (event.type !== "run-ended") return;
    source?.close();
    say("ended");
  };
  const tryLater = () => {
    attempts += 1;
    retry = setTimeout(() => void check(), Math.min(1_000 * attempts, 10_000));
  };
  const check = async () => {
    const refusal = await getRun(runId).then(
      () => null,
      (error: unknown) => error,
    );
    if (closed) return;
    if (refusal === null) return connect();
    const isStorage = refusal instanceof Refusal && refusal.status === 503;
    if (isStorage) {
      attempts = 0; // the server is there, so asking it costs little, and its answer is wanted soon after the database is back
      say("storage");
    }
    if (refusal instanceof Refusal && (refusal.status === 404 || refusal.status === 401)) return say("gone");
    tryLater();
  };
  /** A stream that was open before the network went may be dead and not know it: it is taken up anew. */
  const wake = () => {
    if (said === "ended" || source?.readyState === EventSource.CONNECTING) return;
    clearTimeout(retry);
    source?.close();
    void check();
  };
  const sleep = () => {
    if (said !== "ended") say("offline");
  };

  window.addEventListener("online", wake);
  window.addEventListener("offline", sleep);
  connect();
  return {
    close() {
      closed = true;
      clearTimeout(retry);
      window.removeEventListener("online", wake);
      window.removeEventListener("offline", sleep);
      source?.close();
    },
  };
}
