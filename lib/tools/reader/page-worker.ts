import { parentPort } from "node:worker_threads";
import { type DocumentJob, readDocument } from "./read-document.ts";

// The thread has no business with the network: a library that tries finds nothing.
for (const name of ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]) Reflect.deleteProperty(globalThis, name);
// What the parsers print is about the page, not about us.
for (const name of ["log", "info", "warn", "error", "debug"] as const) console[name] = () => {};

parentPort?.on("message", (job: DocumentJob) => parentPort?.postMessage(readDocument(job)));
parentPort?.postMessage("ready");
