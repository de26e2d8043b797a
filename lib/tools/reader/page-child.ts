import { type DocumentJob, readDocument } from "./read-document.ts";

// What the parsers print is about the page, not about us.
for (const name of ["log", "info", "warn", "error", "debug"] as const) console[name] = () => {};

process.on("message", (job: DocumentJob) => process.send?.(readDocument(job)));
process.send?.("ready");
