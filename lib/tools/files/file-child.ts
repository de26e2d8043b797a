import { type FileJob, textOfFile } from "./text-of-file.ts";

// What the parsers print is about the file, not about us.
for (const name of ["log", "info", "warn", "error", "debug"] as const) console[name] = () => {};

process.on("message", async (job: FileJob) => process.send?.(await textOfFile(job)));
process.send?.("ready");
