import { loop } from "#lib/agents/loop.ts";
import { react } from "#lib/agents/react.ts";
import { windowOf } from "#lib/agents/window-of.ts";
import { synthesisLane } from "#lib/domain/heavy.ts";
import { inRunNumbers, sourcesFound } from "#lib/domain/in-run-numbers.ts";
import { museRules, museSystem } from "#lib/domain/muse-rules.ts";
import { synthesisFold } from "#lib/domain/synthesis.ts";
import { compress } from "./compress.ts";
import { branchOf } from "./partial-rollouts.ts";
import type { Strategy } from "./strategy.ts";

/**
 * ParallelMuse: ReAct lanes, of which some may branch off the first one where it was least sure; each compresses how it reached its answer to a
 * report, and one of the answers is chosen for how well its report holds together.
 */
export const parallelMuse: Strategy = {
  writes: "nothing",
  branchOf: async (run, name, signal) => (run.plan.partialRollouts ? branchOf(run, name, signal) : null),
  async research(lane, branch) {
    const options = { branch: branch ?? undefined, tellsRepeats: true };
    const answer = await react(lane, options);
    if (answer.text === null || answer.text.trim() === "") return answer;
    const sources = sourcesFound(lane.events, lane.lane, branch);
    await compress(lane, options, sources);
    return { ...answer, text: inRunNumbers(answer.text, sources) };
  },
  synthesize(run) {
    const lane = run.lane(synthesisLane, { writes: "findings", signal: run.signal });
    return loop(lane, (name) => synthesisFold(name, { window: windowOf(lane), system: museSystem, rules: museRules }));
  },
};
