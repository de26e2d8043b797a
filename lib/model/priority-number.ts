import type { RunPriority } from "#lib/domain/run.ts";

/** vLLM's scheduling priority: lower goes first, and 0 is what a request without one has. */
export const priorityNumber: Record<RunPriority, number> = { interactive: 0, batch: 10 };
