import type { Sql } from "postgres";
import { sourcesOf } from "#db/queries/sources.ts";
import type { Tool } from "#lib/tools/tool.ts";
import { logOf } from "./log-of.ts";
import type { Desks } from "./open-desks.ts";
import { recordedDesks } from "./replay/recorded-desks.ts";
import { callsIn, recordingOf } from "./replay/recording.ts";
import { replayed } from "./replay/replayed.ts";
import { type ToolboxOptions, toolbox } from "./toolbox.ts";

/** The tools of a run: over the world, or, where it replays another run, over what that one met. */
export async function furnishTools(
  sql: Sql,
  run: { runId: string; replayOf: string | null },
  desks: Desks,
  options: ToolboxOptions,
): Promise<Tool[]> {
  if (run.replayOf === null) return toolbox(desks, options);
  const recording = recordingOf(await logOf(sql, run.replayOf), await sourcesOf(sql, run.replayOf));
  const before = callsIn(await logOf(sql, run.runId));
  const { search, scholar, pages } = recordedDesks(recording);
  const offered = { ...desks, search: [[search]], scholar: desks.scholar.length > 0 ? [scholar] : [], pages: [pages] };
  return toolbox(offered, { ...options, fetchAhead: false }).map((tool) => replayed(tool, recording, before));
}
