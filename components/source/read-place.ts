import { z } from "zod";
import type { Span } from "#lib/std/span.ts";

const whole = z.coerce.number().int().nonnegative();
const query = z.object({
  start: whole.optional().catch(undefined),
  end: whole.optional().catch(undefined),
  report: z.uuid().optional().catch(undefined),
  claim: whole.optional().catch(undefined),
});

/** Where a reader of a source wants to look, and where they came from. What cannot be used is left out: the page is of use without it. */
export function readPlace(parameters: Record<string, string | string[] | undefined>, length: number) {
  const { start, end, report, claim } = query.parse(parameters);
  const passage: Span | null = start !== undefined && end !== undefined && start < end && end <= length ? { start, end } : null;
  return { passage, report, claim };
}
