import { setTimeout as pause } from "node:timers/promises";
import { sseParser } from "#lib/std/sse-data.ts";
import type { Version } from "./version.ts";

export interface Follower {
  /** Fulfilled when the run has ended: the longest time in milliseconds from the end of one connection to the next one's first bytes. */
  ended: Promise<number>;
  /** The numbers of the facts it has seen, in order; live text is not one. */
  facts(): number[];
}

/** Follows a run as a browser does: from where it was, at whichever version answers. */
export function follower(runId: string, version: () => Version): Follower {
  const facts: number[] = [];
  let after = 0;
  let longest = 0;

  async function follow(): Promise<number> {
    for (let lostAt: number | null = null; ; lostAt ??= performance.now()) {
      const parser = sseParser();
      try {
        const response = await version().fetch(`/api/runs/${runId}/events?after=${after}`);
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        for await (const bytes of response.body ?? []) {
          if (lostAt !== null) longest = Math.max(longest, performance.now() - lostAt);
          lostAt = null;
          for (const data of parser.push(bytes)) if (take(JSON.parse(data))) return longest;
        }
      } catch {
        await pause(50);
      }
    }
  }

  function take({ seq, type }: { seq: number; type: string }): boolean {
    after = seq;
    if (type !== "text-appended") facts.push(seq);
    return type === "run-ended";
  }

  return { ended: follow(), facts: () => facts };
}
