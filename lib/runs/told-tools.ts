import type { Sql } from "postgres";
import { toldTools as toldByWorkers } from "#db/queries/workers.ts";
import type { ToldTool, TriedTool } from "./check-up/tell-tools.ts";
import { toolNames } from "./tool-names.ts";

/** The tools that run on the workers' machines, as the workers found them when they began. */
export const toldTools = (sql: Sql): TriedTool[] => toolNames.map(({ group, name }) => ({ group, name, tell: () => told(sql, group) }));

async function told(sql: Sql, group: TriedTool["group"]): Promise<ToldTool> {
  const found = (await toldByWorkers(sql)).flatMap((tools) => tools.find((tool) => tool.group === group) ?? []);
  // What one worker lacks fails for the runs that come to it.
  const [first] = [...found.filter((tool) => tool.state === "mend"), ...found];
  return first ?? { state: "off", says: "No worker has tried it yet." };
}
