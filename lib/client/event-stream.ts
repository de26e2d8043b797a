import type { Event } from "#lib/domain/event.ts";
import { getEvents, getRun, Refusal } from "./api.ts";
import type { Connection, TailOptions } from "./event-tail.ts";

/** The stream of all runs that are followed here: one connection, whatever their number. */
export interface EventStream {
  /** Sends the events after `options.after()`, in order and each once, until the function it returns is called. */
  follow: (options: TailOptions) => () => void;
}

interface Follower {
  options: TailOptions;
  /** The last number it was given: it is given nothing at or below. */
  last: number;
  said: Connection;
  /** It joined further back than the stream is: it is given nothing before a connection that begins where it stands. */
  behind: boolean;
}

interface FollowedRun {
  followers: Set<Follower>;
  /** How far the stream is. */
  position: number;
}

/** Followers that come and go together, as tabs that are restored do, make one new connection. */
const settleMs = 20;
/** A stream that has not said a word by then is held back by something on the way: the log is asked for instead. */
const mutedMs = 5_000;
const pollMs = 2_000;
/** After so many polls the stream is tried again. */
const pollsUntilRetry = 30;
const longestPauseMs = 10_000;

/**
 * Opens such a stream; nothing connects before somebody follows. It makes its connections itself, after pauses that differ between readers, so that a
 * thousand who were dropped together do not come back together.
 */
export function openEventStream(random: () => number = Math.random): EventStream {
  const runs = new Map<string, FollowedRun>();
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  /** Counts the connections and polls: what an earlier one still brings to an end is of no use. */
  let era = 0;
  let attempts = 0;

  const say = (followers: Iterable<Follower>, now: Connection) => {
    for (const follower of followers) {
      if (follower.said === now || isFinal(follower.said)) continue;
      follower.said = now;
      follower.options.onConnection(now);
    }
  };
  const everybody = () => [...runs.values()].flatMap((run) => [...run.followers]);

  const later = (pauseMs: number, what: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(what, pauseMs);
  };
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(connect, settleMs);
  };
  const close = () => {
    era += 1;
    clearTimeout(timer);
    clearTimeout(settling);
    source?.close();
    source = null;
  };
  const connect = () => {
    close();
    if (runs.size === 0) return;
    for (const run of runs.values()) {
      run.position = Math.min(...[...run.followers].map((follower) => follower.last));
      for (const follower of run.followers) follower.behind = false;
    }
    const query = new URLSearchParams([...runs].map(([runId, run]) => ["run", `${runId}:${run.position}`]));
    const opened = new EventSource(`/api/events?${query}`);
    source = opened;
    opened.addEventListener("following", () => {
      attempts = 0;
      clearTimeout(timer);
      say(everybody(), "live");
    });
    opened.addEventListener("gone", (message: MessageEvent<string>) => end(JSON.parse(message.data), "gone"));
    opened.addEventListener("over", (message: MessageEvent<string>) => end(JSON.parse(message.data), "ended"));
    opened.onmessage = (message: MessageEvent<string>) => take(message.lastEventId.split(":")[0] ?? "", JSON.parse(message.data) as Event); // our own server parsed it when it was written
    opened.onerror = () => {
      opened.close();
      if (source === opened) lose();
    };
    later(mutedMs, () => void poll(pollsUntilRetry));
  };
  const lose = (why: "lost" | "storage" = "lost") => {
    const now = navigator.onLine ? why : "offline";
    say(
      everybody().filter((follower) => now !== "lost" || follower.said !== "storage"),
      now,
    );
    attempts = why === "storage" ? 1 : attempts + 1; // a server that answers is asked soon again: its answer is wanted once the database is back
    later(random() * Math.min(longestPauseMs, 500 * 2 ** attempts), () => void comeBack());
  };
  /** EventSource does not tell why it was refused: where the answer would be 401, coming back is of no use. */
  const comeBack = async () => {
    const mine = era;
    const [runId] = runs.keys();
    if (runId === undefined) return;
    const refusal = await getRun(runId).then(
      () => null,
      (error: unknown) => error,
    );
    if (mine !== era) return;
    const status = refusal instanceof Refusal ? refusal.status : null;
    if (status === 401 || status === 403) for (const each of [...runs.keys()]) end(each, "out");
    else if (refusal === null || status === 404) connect();
    else lose(status === 503 ? "storage" : "lost");
  };
  /** The stream opens and brings nothing: a proxy holds it back. What it would have brought is asked for every two seconds. */
  const poll = async (left: number) => {
    close();
    const mine = era;
    try {
      for (const [runId, { position }] of [...runs]) {
        const events = await getEvents(runId, position).catch(nullIfGone);
        if (mine !== era) return; // somebody joined further back meanwhile, and has nothing of what lies between
        if (events === null) end(runId, "gone");
        for (const event of events ?? []) take(runId, event);
      }
    } catch {
      if (mine === era) lose();
      return;
    }
    if (mine !== era || runs.size === 0) return;
    say(everybody(), "live");
    later(pollMs, left > 1 ? () => void poll(left - 1) : connect);
  };

  const take = (runId: string, event: Event) => {
    const run = runs.get(runId);
    if (!run) return;
    run.position = Math.max(run.position, event.seq);
    for (const follower of run.followers) {
      if (follower.behind || event.seq <= follower.last) continue;
      follower.last = event.seq;
      say([follower], "live"); // a server on this machine is heard without a network
      follower.options.onEvent(event);
    }
    if (event.type === "run-ended") end(runId, "ended");
  };
  const end = (runId: string, how: "ended" | "gone" | "out") => {
    const followers = runs.get(runId)?.followers ?? [];
    runs.delete(runId);
    say(followers, how);
    if (runs.size === 0) close();
  };

  /** A connection that was open before the network went may be dead and not know it. */
  globalThis.addEventListener("online", connect);
  globalThis.addEventListener("offline", () => say(everybody(), "offline"));

  return {
    follow(options) {
      const run = runs.get(options.runId) ?? { followers: new Set(), position: Number.POSITIVE_INFINITY };
      const last = options.after();
      const follower: Follower = { options, last, said: "live", behind: last < run.position };
      runs.set(options.runId, run);
      run.followers.add(follower);
      if (follower.behind) settle();
      return () => {
        run.followers.delete(follower);
        if (run.followers.size > 0 || runs.get(options.runId) !== run) return;
        runs.delete(options.runId);
        settle();
      };
    },
  };
}

const isFinal = (said: Connection) => said === "ended" || said === "gone" || said === "out";

/** Null where the server says that there is no such run, or that its log is not that long. */
const nullIfGone = (error: unknown) => {
  if (error instanceof Refusal && (error.status === 404 || error.status === 422)) return null;
  throw error;
};
