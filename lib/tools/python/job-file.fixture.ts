import type { JobFile } from "./python-job.ts";

/** A small file of a job. */
export const jobFile = (name: string, text: string): JobFile => ({ name, size: text.length, bytes: async () => Buffer.from(text) });
