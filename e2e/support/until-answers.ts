import type { ChildProcess } from "node:child_process";
import { wait } from "#lib/std/wait.ts";

/** Resolves when a server that was started answers at an address; rejects when it ended before that. */
export async function untilAnswers(server: ChildProcess, address: string): Promise<void> {
  while (server.exitCode === null) {
    const answered = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await wait(100);
  }
  throw new Error(`${server.spawnfile} ended while it started`);
}
