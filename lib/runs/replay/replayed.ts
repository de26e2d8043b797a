import type { EventOf } from "#lib/domain/event.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import type { ToolDetails } from "#lib/domain/tool-details.ts";
import { canonicalJson } from "#lib/std/canonical-json.ts";
import type { Tool, ToolContext, ToolReturn } from "#lib/tools/tool.ts";
import { recordingName } from "./recorded-desks.ts";
import { pageOf, type RecordedCall, type Recording } from "./recording.ts";

/**
 * A tool whose recorded calls come to what they came to: the same call, the same observation, byte for byte, from the same stored pages.
 * Calls are the same when the tool reads the same of them. One that was made several times has its returns in their order, and then the
 * last one for good; `before` are the calls that this run has behind it. What was not recorded is left to `tool`.
 */
export function replayed<Arguments>(tool: Tool<Arguments>, recording: Recording, before: readonly RecordedCall[]): Tool<Arguments> {
  const keyOf = (call: RecordedCall) => {
    const parsed = call.tool === tool.name ? tool.schema.safeParse(call.arguments) : null;
    return parsed?.success ? canonicalJson(parsed.data) : null;
  };
  const returns = Map.groupBy(recording.calls, keyOf);
  const made = new Map([...Map.groupBy(before, keyOf)].map(([key, calls]) => [key, calls.length]));
  return {
    ...tool,
    async run(input, context) {
      const key = canonicalJson(input);
      const recorded = returns.get(key);
      if (!recorded) return await tool.run(input, context);
      const count = made.get(key) ?? 0;
      made.set(key, count + 1);
      const call = recorded[Math.min(count, recorded.length - 1)];
      return call ? await again(call.returned, recording, context) : await tool.run(input, context);
    },
  };
}

async function again(returned: EventOf<"tool-returned">, recording: Recording, context: ToolContext): Promise<ToolReturn> {
  const kept = new Map<string, SourceRef>();
  for (const id of returned.sourceIds) {
    const source = recording.sources.get(id);
    if (source) kept.set(id, await context.keepSource({ ...pageOf(source) }));
  }
  return {
    outcome: returned.outcome,
    details: withSources(returned.details, kept),
    provider: recordingName,
    attempts: [{ provider: recordingName, ok: returned.outcome.kind === "ok", tries: 0, durationMs: 0, ...reasonOf(returned) }],
    cacheHit: false,
    sources: [...kept.values()],
    ...(returned.flags && { flags: returned.flags }),
  };
}

const reasonOf = ({ outcome }: EventOf<"tool-returned">) => (outcome.kind === "failed" ? { reason: outcome.reason } : {});

/** The recorded run's sources are its own: here they are the copies that this run keeps. */
function withSources(details: ToolDetails, kept: ReadonlyMap<string, SourceRef>): ToolDetails {
  const renamed = <Item extends { sourceId?: string | undefined }>({ sourceId, ...item }: Item) => {
    const ref = sourceId ? kept.get(sourceId) : undefined;
    return { ...item, ...(ref && { sourceId: ref.id }) };
  };
  if (details.kind === "visit") return { ...details, pages: details.pages.map(renamed) };
  if (details.kind === "files") return { ...details, files: details.files.map(renamed) };
  return details;
}
