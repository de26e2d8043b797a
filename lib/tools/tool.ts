import type { z } from "zod";
import type { Outcome } from "#lib/domain/outcome.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import type { Attempt, ToolDetails } from "#lib/domain/tool-details.ts";

/** A page as a reader delivered it, before the run has numbered and stored it. */
export interface PageRead {
  requestedUrl: string;
  url: string; // after redirects
  title: string;
  site: string;
  text: string; // Markdown
  status: number;
  fetchedAt: string;
}

/** What a tool may use of the run it works for. */
export interface ToolContext {
  signal: AbortSignal;
  /** Stores a snapshot and gives it its number; the same text of the same address again gives the same source. */
  keepSource(page: PageRead): Promise<SourceRef>;
}

/** What a call came to, with everything the log records about how. */
export interface ToolReturn {
  outcome: Outcome;
  details: ToolDetails;
  provider: string | null;
  attempts: Attempt[];
  cacheHit: boolean;
  sources: SourceRef[];
}

/**
 * A tool of the model. `parameters` is the JSON schema the model reads, exactly as it was trained on; `schema` is what we
 * accept, which is wider where the trained model is known to vary (a string for an array, say).
 * `run` never throws for an expected failure: it returns a failed outcome with a reason. It throws only when `signal` aborted.
 */
export interface Tool<Arguments = unknown> {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
  schema: z.ZodType<Arguments>;
  run(input: Arguments, context: ToolContext): Promise<ToolReturn>;
}
