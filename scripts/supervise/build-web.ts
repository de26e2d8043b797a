import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { longStep } from "../long-step.mjs";
import { Refusal } from "../refusal.ts";

export const next = "node_modules/next/dist/bin/next";
const stamp = ".next/dossier-build";

/** Builds the web application for production, unless `.next` holds the build of these very files. */
export async function buildWeb(variables: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const mark = sourcesMark();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === mark) return;
  const step = { command: process.execPath, parameters: [next, "build"], env: { ...variables, NODE_ENV: "production" } };
  const built = await longStep("Building the web application (once)", step, signal);
  signal.throwIfAborted();
  if (built.code !== 0) {
    console.error(built.output);
    throw new Refusal("the web application could not be built: see above.");
  }
  writeFileSync(stamp, mark);
}

/** Changes with every file the build may read, with Node, and with the folder, whose path is written into the build. */
function sourcesMark(): string {
  const inside = globSync("{app,components,lib,db,public}/**/*", { exclude: ["**/*.test.*", "**/*.md"], withFileTypes: true });
  const beside = globSync("*.{ts,mjs,js,json,css}", { exclude: ["*.config.test.*", "next-env.d.ts"], withFileTypes: true });
  const paths = [...inside, ...beside].filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
  const hash = createHash("sha256").update(`${process.version}\n${process.cwd()}\n`);
  for (const path of paths.sort()) hash.update(`${path}\n`).update(readFileSync(path));
  return hash.digest("hex");
}
