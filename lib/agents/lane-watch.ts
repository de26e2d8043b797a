import type { Fact } from "#lib/domain/event.ts";
import { type LaneEnd, quorumOf, timeShares } from "#lib/domain/heavy.ts";
import type { AgentRun } from "./agent-run.ts";
import type { HeavyRun } from "./heavy-run.ts";

/** A lane was given up although it was still at work. */
export class LaneGivenUp extends Error {
  override name = "LaneGivenUp" as const;
  readonly end: LaneEnd;

  constructor(end: LaneEnd, detail: string) {
    super(detail);
    this.end = end;
  }
}

export interface LaneWatch {
  /** Aborted when the run is, and when the lane is given up. */
  signalOf(name: string): AbortSignal;
  /** The lane's run, listened to: what it appends is news of it. */
  heard(lane: AgentRun): AgentRun;
  /** The lane is over, by itself. */
  leave(name: string): void;
  stop(): void;
}

const lookEveryMs = 1_000;
/** Facts that tell of a model that does not answer are no news. */
const noNews = new Set(["model-silent", "model-failed"]);
/** Without any model server a lane waits until one is back: nothing could be made of its time, and it is not its fault. */
const isWaiting = (fact: Fact) => fact.type === "model-failed" && fact.untilBack === true;

/**
 * Watches lanes that are still at work, so that one that hangs or dawdles does not cost the run. With a quorum a lane is given up that nothing was
 * heard of for long, or whose time is over; without one only when the run's minutes are nearly used up.
 */
export function laneWatch(run: HeavyRun, names: readonly string[]): LaneWatch {
  const working = new Map(
    names.map((name) => [name, { controller: new AbortController(), hasBegun: false, newsAt: null as number | null }]),
  ); // null: it waits for something that is not its own
  const over = new AbortController();
  const isOver = (share: number) => run.minutesLeft() <= run.minutes * (1 - share);
  // A run that is taken up when its time is over gives its lanes as long as a silence may last for the answer that they are now told to give.
  const isLate = isOver(timeShares.toldToAnswer);
  const takenUpAt = run.now();

  function look(): void {
    const hasQuorum = names.length - working.size >= quorumOf(names.length);
    const waiting = [...working.values()].filter((lane) => !lane.hasBegun).length;
    // Lanes that wait to branch off the only one at work are no reason to wait for it for ever.
    const mayStall = hasQuorum || (waiting > 0 && working.size - waiting === 1);
    const mayEnd = !isLate || run.now() - takenUpAt >= run.stallMs;
    for (const [, { controller, newsAt }] of working) {
      const silentMs = newsAt === null ? 0 : run.now() - newsAt;
      if (mayEnd && isOver(hasQuorum ? timeShares.withQuorum : timeShares.withoutQuorum))
        controller.abort(new LaneGivenUp("out-of-time", "The run's minutes for research are used up"));
      else if (mayStall && silentMs >= run.stallMs)
        controller.abort(
          new LaneGivenUp("stalled", `Nothing was heard of it for ${Math.round(silentMs / 1_000)} s, and the others had ended`),
        );
    }
  }
  void (async () => {
    const ended = AbortSignal.any([over.signal, run.signal]);
    while (!ended.aborted) {
      look();
      await run.wait(Math.min(lookEveryMs, run.stallMs / 4), ended).catch(() => {}); // the condition tells why
    }
  })();

  return {
    signalOf: (name) => AbortSignal.any([run.signal, ...(working.has(name) ? [working.get(name)?.controller.signal as AbortSignal] : [])]),
    heard(lane) {
      const watched = working.get(lane.lane);
      // A lane that waits to branch off another one is silent for that one's whole time: it counts from where it begins.
      if (watched) Object.assign(watched, { hasBegun: true, newsAt: run.now() });
      return {
        ...lane,
        append(fact) {
          if (watched && isWaiting(fact)) watched.newsAt = null;
          else if (watched && !noNews.has(fact.type)) watched.newsAt = run.now();
          return lane.append(fact);
        },
      };
    },
    leave: (name) => void working.delete(name),
    stop: () => over.abort(),
  };
}
