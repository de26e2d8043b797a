import type { Sql } from "postgres";
import { sourcesOf } from "#db/queries/sources.ts";
import { logOf } from "./log-of.ts";
import type { Desks } from "./open-desks.ts";
import { recordedDesks } from "./replay/recorded-desks.ts";
import { callsIn, recordingOf } from "./replay/recording.ts";
import { replayed } from "./replay/replayed.ts";
import { type ToolboxOptions, toolbox } from "./toolbox.ts";
import type { Workshop } from "./work.ts";

/** The tools of a run, and how each of its lanes comes to tools of its own: what one begins ahead is not another one's to end. */
export type Furnished = Pick<Workshop, "tools" | "laneTools">;

/** The tools of a run: over the world, or, where it replays another run, those of that one over what it met, whatever this machine has by now. */
export async function furnishTools(
  sql: Sql,
  run: { runId: string; replayOf: string | null },
  desks: Desks,
  options: ToolboxOptions,
): Promise<Furnished> {
  if (run.replayOf === null) return { tools: toolbox(desks, options), laneTools: () => toolbox(desks, options) };
  const recording = recordingOf(await logOf(sql, run.replayOf), await sourcesOf(sql, run.replayOf));
  const before = callsIn(await logOf(sql, run.runId));
  const recorded = recordedDesks(recording);
  const offers = (name: string) => recording.tools.has(name);
  const offered = {
    search: [[recorded.search]],
    scholar: offers("google_scholar") ? [recorded.scholar] : [],
    pages: [recorded.pages],
  };
  const sandboxes = options.python?.desks.length ? options.python.desks : [recorded.python];
  const python = { desks: offers("PythonInterpreter") ? sandboxes : [], form: options.python?.form ?? ("tags" as const) };
  return { tools: toolbox(offered, { ...options, python, fetchAhead: false }).map((tool) => replayed(tool, recording, before)) };
}
