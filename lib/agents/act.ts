import type { PendingCall } from "#lib/domain/lane-state.ts";
import type { FailureReason } from "#lib/domain/outcome.ts";
import { unlessAborted } from "#lib/std/unless-aborted.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { Tool, ToolReturn } from "#lib/tools/tool.ts";
import type { AgentRun } from "./agent-run.ts";

/**
 * Carries out one call and records what it came to. A failure is an observation the model reads. A call that was begun by a worker
 * that died is begun again: every tool only reads. Throws only when the run is stopped.
 */
export async function act(run: AgentRun, call: PendingCall): Promise<void> {
  const place = { lane: run.lane, step: call.step, callId: call.callId };
  const { asked } = call;
  const given = "problem" in asked ? {} : asked.arguments;
  if (!call.called) void run.append({ type: "tool-called", ...place, tool: asked.tool, arguments: given });
  const began = run.now();
  const returned = await unlessAborted(carryOut(run, call), run.signal); // a tool that does not heed its abort must not hold the lane
  run.signal.throwIfAborted();
  for (const source of returned.sources) {
    if (!isKnown(run, source.id)) void run.append({ type: "source-found", ...place, source });
  }
  const { details, provider, attempts, cacheHit, sources, flags = [] } = returned;
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
    ...(flags.length > 0 && { flags: flags.slice(0, mostFlags) }),
  });
}

/** More than these say nothing new of a call. */
const mostFlags = 10;

/** Of a source that several lanes read, each says so once. */
const isKnown = (run: AgentRun, id: string) =>
  run.events.some((event) => event.type === "source-found" && event.lane === run.lane && event.source.id === id);

async function carryOut(run: AgentRun, { asked }: PendingCall): Promise<ToolReturn> {
  if ("problem" in asked) return refused("unreadable-call", asked.problem);
  const tool = run.tools.find((candidate) => candidate.name === asked.tool);
  const available = run.tools.map((each) => each.name).join(", ");
  if (!tool) return refused("invalid-arguments", `Error: Tool ${asked.tool} not found. Available tools: ${available}.`);
  return runTool(tool, asked.arguments, run);
}

async function runTool(tool: Tool, given: Record<string, unknown>, run: AgentRun): Promise<ToolReturn> {
  const input = tool.schema.safeParse(given);
  if (input.success) return tool.run(input.data, run.toolContext);
  const problems = input.error.issues.map((issue) => `${issue.path.join(".") || "arguments"}: ${issue.message}`);
  return refused("invalid-arguments", `Error: The arguments of ${tool.name} are not valid. ${problems.join("; ")}.`);
}

const refused = (reason: FailureReason, text: string): ToolReturn => ({
  outcome: { kind: "failed", reason, text },
  details: { kind: "none" },
  provider: null,
  attempts: [],
  cacheHit: false,
  sources: [],
});
