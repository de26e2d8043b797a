import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";
import { fetchNode26 } from "./fetch-node-26.mjs";
import { onceOrphaned } from "./once-orphaned.mjs";
import { root } from "./root.mjs";

/**
 * Returns when this process runs on Node 26 or later. On an older one it fetches Node 26, runs the same script under it and never
 * returns: the process ends as that one ends. Also sets what holds for the whole process: the working folder, and that a reader of its
 * output who goes away (`npm start | head`) does not end it and leave its children behind.
 */
export async function onNode26() {
  process.chdir(root);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  if (Number.parseInt(process.versions.node, 10) >= 26) return;
  const fetched = await fetchNode26();
  if (!fetched.ok) {
    console.error(fetched.problem);
    process.exit(1);
  }
  process.exit(await rerun(fetched.node));
}

/** @param {string} node */
function rerun(node) {
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? process.env.Path}`;
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit", env: { ...process.env, PATH: path, DOSSIER_RERUN: "1" } });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  onceOrphaned(() => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(`Node 26 in .node does not run (${error.message}): delete the folder .node and try again.`);
      resolve(1);
    });
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
