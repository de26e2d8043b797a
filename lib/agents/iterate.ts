import { workspaceFold } from "#lib/domain/workspace.ts";
import type { AgentRun } from "./agent-run.ts";
import { type Answer, loop } from "./loop.ts";
import { windowOf } from "./window-of.ts";

/** IterResearch: the state is the question, the report, the last action and the response to it; each round's prompt is built anew from them. */
export const iterate = (run: AgentRun): Promise<Answer> => loop(run, (lane) => workspaceFold(lane, { window: windowOf(run) }));
