import { z } from "zod";

export const mostLanes = 16;
export const fewestLanes = 2;

/**
 * How the lanes of a Heavy run work and are brought together. `research-synthesis`: IterResearch lanes, of which the synthesis reads the last
 * report and the answer. `parallel-muse`: ReAct lanes, each compressed to a report of how it reached its answer, and the most coherent one chosen.
 */
export const strategyNameSchema = z.enum(["research-synthesis", "parallel-muse"]);
export type StrategyName = z.infer<typeof strategyNameSchema>;

/** What makes a run a Heavy one. */
export const heavyPlanSchema = z.object({
  lanes: z.number().int().min(fewestLanes).max(mostLanes),
  strategy: strategyNameSchema.default("research-synthesis"),
  /** Lanes branch off the first one's most uncertain steps. Only where lanes keep their conversation, which is `parallel-muse`. */
  partialRollouts: z.boolean().default(false),
});
export type HeavyPlan = z.infer<typeof heavyPlanSchema>;

/** Where a lane left another one: it has that lane's steps before this one as its own, and its numbers go on from there. */
export const branchSchema = z.object({ lane: z.string(), beforeStep: z.number().int().positive() });
export type Branch = z.infer<typeof branchSchema>;

/** Whether a lane is to leave the first one's conversation: with partial rollouts all but the first and, of three and more, the last. */
export const isBranch = ({ lanes, partialRollouts }: HeavyPlan, number: number): boolean =>
  partialRollouts && number > 1 && (number < lanes || lanes === 2);

/**
 * How a lane came to its end. `unanswered`: no answer, also when it was told to. `failed`: the model could not be had, or a fault of ours.
 * `stalled`, `out-of-time`: given up because the others had ended. What it had reported until then counts in any case.
 */
export const laneEndSchema = z.enum(["answered", "unanswered", "failed", "stalled", "out-of-time"]);
export type LaneEnd = z.infer<typeof laneEndSchema>;

/** What a lane holds of a finding of the synthesis. */
export const stanceSchema = z.enum(["agrees", "partly", "differs", "silent"]);
export type Stance = z.infer<typeof stanceSchema>;

/** One row of the comparison: what is found, what each lane says of it, by lane number, and what the synthesis makes of it. */
export const findingSchema = z.object({
  finding: z.string(),
  /** Only lanes that say something of it; the others are silent. `note`: what the word leaves out. */
  lanes: z.array(z.object({ lane: z.number().int().positive(), stance: stanceSchema, note: z.string().optional() })),
  /** Numbers of the sources it rests on. */
  sources: z.array(z.number().int().positive()),
  /** What it comes to, in the synthesis' own words. */
  verdict: z.string().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const synthesisLane = "synthesis";
/** The name of a researching lane by its number, from 1. */
export const researcherOf = (number: number) => `researcher-${number}`;
export const researchersOf = ({ lanes }: Pick<HeavyPlan, "lanes">) => Array.from({ length: lanes }, (_, index) => researcherOf(index + 1));
/** The number of a researching lane; null for any other. */
export const numberOf = (lane: string): number | null => {
  const digits = /^researcher-(\d+)$/.exec(lane)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** So many lanes have to have ended by themselves before the others are given up for being slow: more than half. */
export const quorumOf = (lanes: number) => Math.floor(lanes / 2) + 1;

/**
 * Shares of a run's minutes: when lanes are told to answer, when those still at work are given up with a quorum, and when without one. What
 * is left is the synthesis'.
 */
export const timeShares = { toldToAnswer: 0.75, withQuorum: 0.85, withoutQuorum: 0.95 } as const;
