import type { FilledJob } from "./python-job.ts";

/** What a child is told about its job in the first line of its input; the bytes of the script and of the files follow, one after the other. */
export interface JobHeader {
  timeoutMs: number;
  memoryMegabytes: number;
  codeBytes: number;
  files: { name: string; bytes: number }[];
}

/** A job as the bytes a child reads from its standard input. */
export function jobFrame({ code, files, timeoutMs, memoryMegabytes }: FilledJob): Uint8Array[] {
  const script = Buffer.from(code);
  const header: JobHeader = {
    timeoutMs,
    memoryMegabytes,
    codeBytes: script.byteLength,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.byteLength })),
  };
  return [Buffer.from(`${JSON.stringify(header)}\n`), script, ...files.map(({ bytes }) => bytes)];
}
