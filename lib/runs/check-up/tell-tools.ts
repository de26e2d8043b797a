import type { CheckedPart, Mending, PartState } from "#lib/domain/check-up.ts";
import type { Asking, Check } from "./check.ts";

/** What became of trying a tool that runs here. */
export interface ToldTool {
  state: PartState;
  says: string;
  facts?: string[];
  mend?: Mending[];
}

/** A tool that runs here, and how to try it. */
export interface TriedTool {
  group: Extract<CheckedPart["group"], "python" | "files">;
  /** As the doctor calls its row. */
  name: string;
  tell(signal: AbortSignal): Promise<ToldTool>;
}

/** The rows of the tools that run here, each tried when it is asked. */
export const tellTools = (tools: readonly TriedTool[]): Check[] =>
  tools.map(
    ({ group, name, tell }): Asking => ({
      group,
      name,
      async ask(signal) {
        const began = performance.now();
        const { facts = [], mend = [], ...found } = await tell(signal);
        return { ...found, facts, mend, group, name, durationMs: Math.round(performance.now() - began) };
      },
    }),
  );
