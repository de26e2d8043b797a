import { iterate } from "#lib/agents/iterate.ts";
import { loop } from "#lib/agents/loop.ts";
import { windowOf } from "#lib/agents/window-of.ts";
import { synthesisLane } from "#lib/domain/heavy.ts";
import { synthesisFold } from "#lib/domain/synthesis.ts";
import type { Strategy } from "./strategy.ts";

/** Research-Synthesis (WebResearcher): IterResearch lanes that differ by sampling alone; the synthesis reads their last reports and answers. */
export const researchSynthesis: Strategy = {
  writes: "report",
  research: (lane) => iterate(lane),
  synthesize(run) {
    const lane = run.lane(synthesisLane, { writes: "findings", signal: run.signal });
    return loop(lane, (name) => synthesisFold(name, { window: windowOf(lane) }));
  },
};
