import { type LaneOptions, transcriptFold } from "#lib/domain/transcript.ts";
import type { AgentRun } from "./agent-run.ts";
import { type Answer, loop } from "./loop.ts";

/** Native ReAct: the whole conversation is the state. */
export const react = (run: AgentRun, options?: LaneOptions): Promise<Answer> => loop(run, (lane) => transcriptFold(lane, options));
