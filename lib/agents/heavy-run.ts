import type { Event, Fact } from "#lib/domain/event.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import type { AgentRun } from "./agent-run.ts";

/** What the turns of a lane hold beside thought and move. */
export type Writes = "report" | "findings" | "nothing";

/** Everything a Heavy run has of the world: the log of the run, which all its lanes share, and a run of its own for each lane. */
export interface HeavyRun {
  plan: HeavyPlan;
  events: readonly Event[];
  append(fact: Fact): Promise<void>;
  /** A lane, with a model that keeps to its own server, and its share of the budget. */
  lane(name: string, options: { writes: Writes; signal: AbortSignal }): AgentRun;
  /** The minutes of the whole run, and how many are left of them. */
  minutes: number;
  minutesLeft(): number;
  /** With a quorum a lane is given up of which nothing was heard for so long. */
  stallMs: number;
  /** Whether an error says that the run itself cannot go on here; any other ends only its lane. */
  isFatal(error: unknown): boolean;
  /** Aborted by "stop now" and when the worker leaves. */
  signal: AbortSignal;
  now(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}
