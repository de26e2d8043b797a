import { z } from "zod";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import type { FigureRef } from "#lib/domain/figure.ts";
import type { Outcome } from "#lib/domain/outcome.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import type { Attempt, InstructionFlag, ToolDetails } from "#lib/domain/tool-details.ts";
import type { Figure } from "./python/figure-frames.ts";

/** A page as a reader delivered it, before the run has numbered and stored it. */
export const pageReadSchema = z.object({
  requestedUrl: z.string(),
  url: z.string(), // after redirects
  title: z.string(),
  site: z.string(),
  text: z.string(), // Markdown
  status: z.number().int(),
  fetchedAt: z.string(),
});
export type PageRead = z.infer<typeof pageReadSchema>;

/** What a tool may use of the run it works for. */
export interface ToolContext {
  signal: AbortSignal;
  /** Stores a snapshot and gives it its number; the same text of the same address again gives the same source. */
  keepSource(page: PageRead): Promise<SourceRef>;
  /** Stores a picture that a script made, and gives it its number; the same picture again gives the same one. */
  keepFigure(figure: Figure): Promise<FigureRef>;
  /** Whether the run may open an address: with private material at hand, only one that the model has not made up. `foreseen`: its call is still being written. */
  mayVisit(url: string, options?: { foreseen: boolean }): Promise<boolean>;
  /** The files that were uploaded with the question. */
  attachments: readonly AttachmentRef[];
  /** The bytes of one of them; null when it was deleted meanwhile. */
  bytesOf(attachment: AttachmentRef): Promise<Uint8Array | null>;
}

/** What a call came to, with everything the log records about how. */
export interface ToolReturn {
  outcome: Outcome;
  details: ToolDetails;
  provider: string | null;
  attempts: Attempt[];
  cacheHit: boolean;
  sources: SourceRef[];
  /** Text in what came back that tries to instruct the agent. */
  flags?: InstructionFlag[];
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
  /** Told of a value of a call that the model is still writing: what it will need may begin. It has no outcome and nothing of it is logged. */
  foresee?(argument: string, value: string, context: ToolContext): void;
  run(input: Arguments, context: ToolContext): Promise<ToolReturn>;
}
