/** Does in Pyodide's process, after it was hardened, what a script would do that found the way to JavaScript. Prints what came of each. */
import { lookup } from "node:dns/promises";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { hardenProcess } from "../harden-process.ts";

const [port] = process.argv.slice(2);
const write = process.stdout.write.bind(process.stdout);
const before = globalThis.fetch;
hardenProcess();
// biome-ignore lint/suspicious/noExplicitAny: a script would not ask for the types
const load = async (name: string): Promise<any> => (await import(name)).default;

const attempts: Record<string, () => unknown> = {
  "read a file": () => readFileSync("/etc/passwd"),
  "write a file": () => writeFileSync("/tmp/x", "x"),
  "fetch the canary": () => before(`http://127.0.0.1:${port}/`),
  "connect to the canary": () =>
    new Promise((resolve, reject) => connect(Number(port), "127.0.0.1").on("connect", resolve).on("error", reject)),
  "send a packet": async () => {
    const socket = (await load("node:dgram")).createSocket("udp4");
    return new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.send("x", Number(port), "127.0.0.1", (error: Error | null) => (error ? reject(error) : resolve("sent")));
    });
  },
  "look up a name": () => lookup("example.com"),
  listen: async () => (await load("node:net")).createServer().listen(0),
  "start a program": async () => (await load("node:child_process")).execFileSync("id"),
  "start a thread": async () => new (await load("node:worker_threads")).Worker(new URL(import.meta.url)),
  "open the inspector": async () => (await load("node:inspector")).open(0),
  "load native code": async () => process.dlopen({ exports: {} }, "/lib/x.node"),
  "make code from text": () => new Function("return 1")(),
  "signal our process": async () => (await load("node:process")).kill((await load("node:process")).ppid, 0),
  "make a debugger of our process": async () => (await load("node:process"))._debugProcess(1),
  "become another user": async () => (await load("node:process")).setuid(1),
  "become another program": async () => (await load("node:process")).execve("/bin/sh", ["sh"], {}),
  "set flags of V8": async () => (await load("node:v8")).setFlagsFromString("--allow-natives-syntax"),
  "use WASI": async () => new (await load("node:wasi")).WASI({ version: "preview1", preopens: { "/": "/" } }),
};

for (const [name, attempt] of Object.entries(attempts)) {
  try {
    await attempt();
    write(`${name}: ESCAPED\n`);
  } catch (error) {
    write(`${name}: ${error instanceof Error ? error.message.slice(0, 80) : error}\n`);
  }
}
