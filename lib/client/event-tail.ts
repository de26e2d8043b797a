import type { Event, EventType } from "#lib/domain/event.ts";
import { getRun, Refusal } from "./api.ts";

/** live: news arrives. lost: the browser is trying again. offline: this device has no network. gone: the run is no longer there. ended: nothing more will come. */
export type Connection = "live" | "lost" | "offline" | "gone" | "ended";

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
  "text-appended": 0,
  "model-failed": 0,
  "step-ended": 0,
  "tool-called": 0,
  "tool-returned": 0,
  "source-found": 0,
  "stop-requested": 0,
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

  const connect = () => {
    source = new EventSource(`/api/runs/${runId}/events?after=${after()}`);
    source.onopen = () => {
      attempts = 0;
      onConnection("live");
    };
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) tryLater();
      onConnection(navigator.onLine ? "lost" : "offline");
    };
    for (const type of types) source.addEventListener(type, take);
  };
  const take = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as Event; // our own server parsed it when it was written
    onEvent(event);
    if (event.type !== "run-ended") return;
    source?.close();
    onConnection("ended");
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
    if (refusal === null) return connect();
    if (refusal instanceof Refusal && (refusal.status === 404 || refusal.status === 401)) return onConnection("gone");
    tryLater();
  };
  const wake = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(retry);
    void check();
  };
  const sleep = () => onConnection("offline");

  window.addEventListener("online", wake);
  window.addEventListener("offline", sleep);
  connect();
  return {
    close() {
      clearTimeout(retry);
      window.removeEventListener("online", wake);
      window.removeEventListener("offline", sleep);
      source?.close();
    },
  };
}
