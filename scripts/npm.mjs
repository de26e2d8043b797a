import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./root.mjs";

/**
 * How to call npm with these parameters: the npm that started us where there is one, so that neither a shell nor its `#!` line is needed.
 * Few and short retries: without a network the answer comes in seconds. An unwritable home gets a cache within the project.
 * @param {string[]} parameters
 */
export function npm(parameters) {
  const script = npmScript();
  const quiet = [
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
  ];
  const cache = canWrite(homedir()) ? [] : ["--cache", join(root, ".node", "npm-cache")];
  const given = [...parameters, ...quiet, ...cache];
  if (script) return { command: process.execPath, parameters: [script, ...given] };
  return { command: "npm", parameters: given, shell: process.platform === "win32" };
}

const beside = () => join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js");
const npmScript = () => [process.env.npm_execpath ?? "", beside()].find((path) => path.endsWith("npm-cli.js") && existsSync(path));

function canWrite(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const causes = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/,
    "the npm registry cannot be reached: connect to the network",
  ],
  [/ENOSPC/, "the disk is full: make room"],
  [/EACCES|EPERM|EROFS/, "npm may not write here: let this user write to the project's folder"],
];

/** What went wrong and what to do, in a few words, from what npm printed. @param {string} output */
npm.explain = (output) => {
  const known = causes.find(([pattern]) => pattern.test(output));
  if (known) return known[1];
  const line = output.split("\n").find((line) => /^npm (error|ERR!)/.test(line)) ?? output.split("\n").at(-1) ?? "";
  return `npm says "${line.replace(/^npm (error|ERR!)\s*/, "")}": mend that`;
};
