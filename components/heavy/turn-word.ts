import type { HeavyPlan } from "#lib/domain/heavy.ts";

/** What a turn of a lane is called: a round rewrites a report, a step goes on with a conversation. */
export const turnWord = (plan: HeavyPlan | null): "round" | "step" => (plan?.strategy === "parallel-muse" ? "step" : "round");
