import type { Sql } from "postgres";
import { wait } from "#lib/std/wait.ts";
import { loadCorpus } from "./corpus-load.ts";

/** A scan of names, sizes and times; files that did not change are not opened. */
const scanEveryMs = 30_000;

/** Keeps the stored corpus level with its folder until `signal` aborts. A scan that fails is told and tried again. */
export async function watchCorpus(sql: Sql, dir: string, log: (line: string) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await wait(scanEveryMs, signal);
      const { loaded, removed } = await loadCorpus(sql, dir, log);
      if (loaded + removed > 0) log(`Corpus: ${loaded} files loaded, ${removed} removed`);
    } catch (error) {
      if (signal.aborted) return;
      log(`Corpus: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
