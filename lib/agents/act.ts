import type { PendingCall } from "#lib/domain/transcript.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { Tool, ToolReturn } from "#lib/tools/tool.ts";
import type { AgentRun } from "./agent-run.ts";

/**
 * Carries out one call and records what it came to. A failure is an observation the model reads. A call that was begun by a worker
 * that died is begun again: every tool only reads. Throws only when the run is stopped.
 */
export async function act(run: AgentRun, call: PendingCall): Promise<void> {
  const place = { lane: run.lane, step: call.step, callId: call.callId };
  if (!call.called) void run.append({ type: "tool-called", ...place, tool: call.tool, arguments: call.arguments });
  const began = run.now();
  const returned = await carryOut(run, call);
  run.signal.throwIfAborted();
  for (const source of returned.sources) {
    if (!isKnown(run, source.id)) void run.append({ type: "source-found", ...place, source });
  }
  const { details, provider, attempts, cacheHit, sources } = returned;
  const outcome = { ...returned.outcome, text: withoutControlTags(returned.outcome.text) };
  const sourceIds = sources.map((source) => source.id);
  await run.append({
    type: "tool-returned",
    ...place,
    outcome,
    details,
    provider,
    attempts,
    cacheHit,
    durationMs: run.now() - began,
    sourceIds,
  });
}

const isKnown = (run: AgentRun, id: string) => run.events.some((event) => event.type === "source-found" && event.source.id === id);

async function carryOut(run: AgentRun, call: PendingCall): Promise<ToolReturn> {
  const tool = run.tools.find((candidate) => candidate.name === call.tool);
  if (!tool) return refused(`Error: Tool ${call.tool} not found. Available tools: ${run.tools.map((each) => each.name).join(", ")}.`);
  return runTool(tool, call, run);
}

async function runTool(tool: Tool, call: PendingCall, run: AgentRun): Promise<ToolReturn> {
  const input = tool.schema.safeParse(call.arguments);
  if (input.success) return tool.run(input.data, run.toolContext);
  const problems = input.error.issues.map((issue) => `${issue.path.join(".") || "arguments"}: ${issue.message}`);
  return refused(`Error: The arguments of ${tool.name} are not valid. ${problems.join("; ")}.`);
}

const refused = (text: string): ToolReturn => ({
  outcome: { kind: "failed", reason: "invalid-arguments", text },
  details: { kind: "none" },
  provider: null,
  attempts: [],
  cacheHit: false,
  sources: [],
});
