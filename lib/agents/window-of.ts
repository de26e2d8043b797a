import type { AgentRun } from "./agent-run.ts";

/** The window of a run's model as it is known now. */
export const windowOf = ({ model }: Pick<AgentRun, "model">): number | null => model.windowNow?.() ?? model.card.window;
