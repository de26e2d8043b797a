import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "../refusal.ts";

/** A folder with another version of the project, gone when it is disposed of. */
export async function checkOut(version: string): Promise<AsyncDisposable & { path: string }> {
  const path = mkdtempSync(join(tmpdir(), "dossier-older-"));
  try {
    execFileSync("git", ["worktree", "add", "--detach", path, version], { stdio: "pipe" });
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : String(error);
    throw new Refusal(`git does not give the version ${version}: ${said}`);
  }
  return {
    path,
    async [Symbol.asyncDispose]() {
      execFileSync("git", ["worktree", "remove", "--force", path], { stdio: "pipe" });
    },
  };
}
