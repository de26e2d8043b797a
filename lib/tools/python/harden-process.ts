import { syncBuiltinESMExports } from "node:module";
import v8 from "node:v8";

/** Of `process`, what Node needs to report an error and to end. */
const neededOfProcess = new Set<PropertyKey>([
  ...[
    "exit",
    "reallyExit",
    "exitCode",
    "_exiting",
    "_fatalException",
    "_events",
    "_eventsCount",
    "_maxListeners",
    "emitWarning",
    "nextTick",
  ],
  ...["version", "versions", "release", "platform", "arch", "argv", "execArgv", "env", "cwd", "hrtime", "stdin", "stdout", "stderr"],
]);
const unneededGlobals = ["require", "global", "fetch", "WebSocket", "EventSource", "WebAssembly", "navigator", "localStorage"];

/**
 * Takes out of this process what Node's permissions let pass. Measured on Node 26.10: under `--permission` a process may still signal every
 * process of its user, change its user, and set flags of V8. No script should find the way to JavaScript; one that does shall not find these.
 */
export function hardenProcess(): void {
  for (const name of Reflect.ownKeys(process)) if (!neededOfProcess.has(name)) Reflect.deleteProperty(process, name);
  for (const name of unneededGlobals) Reflect.deleteProperty(globalThis, name);
  Reflect.deleteProperty(v8, "setFlagsFromString");
  syncBuiltinESMExports();
}
