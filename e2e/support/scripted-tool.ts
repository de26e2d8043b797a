import { z } from "zod";
import type { Tool, ToolReturn } from "#lib/tools/tool.ts";

export interface ScriptedTool extends Tool<Record<string, unknown>> {
  /** The arguments it was called with, in order. */
  calls: Record<string, unknown>[];
}

/** A tool that answers as `answer` says and remembers how it was called. */
export function scriptedTool(
  name: string,
  answer: (input: Record<string, unknown>, signal: AbortSignal) => Promise<string> | string,
): ScriptedTool {
  const calls: Record<string, unknown>[] = [];
  return {
    name,
    description: `Scripted ${name}.`,
    parameters: { type: "object", properties: {} },
    schema: z.record(z.string(), z.unknown()),
    calls,
    async run(input, { signal }): Promise<ToolReturn> {
      calls.push(input);
      const text = await answer(input, signal);
      return { outcome: { kind: "ok", text }, details: { kind: "none" }, provider: "script", attempts: [], cacheHit: false, sources: [] };
    },
  };
}
