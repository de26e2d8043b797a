import type { AgentRun } from "#lib/agents/agent-run.ts";
import type { HeavyRun, Writes } from "#lib/agents/heavy-run.ts";
import type { Answer } from "#lib/agents/loop.ts";
import type { Branch } from "#lib/domain/heavy.ts";

/** A way for several lanes to work on one question and for their results to become one answer. */
export interface Strategy {
  /** What the turns of its researching lanes hold beside thought and move. */
  writes: Writes;
  /** Where a lane leaves another one; waits for that one. Null: it begins from the question. Absent: all do. */
  branchOf?(run: HeavyRun, name: string, signal: AbortSignal): Promise<Branch | null>;
  /** One lane from wherever its log stands to its answer. */
  research(lane: AgentRun, branch: Branch | null): Promise<Answer>;
  /** One answer from what the lanes came to, from wherever its log stands. At least one lane has left something. */
  synthesize(run: HeavyRun): Promise<Answer>;
}
