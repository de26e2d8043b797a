import { expect, test, vi } from "vitest";
import { nothingPrinted } from "./printed.ts";
import type { FilledJob, PythonResult } from "./python-job.ts";
import { withFiles } from "./with-files.ts";

const bytes = Buffer.from("1,2");
const job = { code: "x", timeoutMs: 1, memoryMegabytes: 1 };
const done: PythonResult = { stdout: nothingPrinted, stderr: nothingPrinted, figures: [], returnCode: 0, ended: "exited", durationMs: 1 };

test("a deleted file is not there", async () => {
  const files = [
    { name: "a.csv", size: 3, bytes: async () => bytes },
    { name: "gone.csv", size: 3, bytes: async () => null },
  ];
  const run = vi.fn(async (_: FilledJob) => ({ ok: true, value: done }) as const);
  expect(await withFiles({ ...job, files }, run)).toEqual({ ok: true, value: done });
  expect(run).toHaveBeenCalledExactlyOnceWith({ ...job, files: [{ name: "a.csv", bytes }] });
});

test("what is too large is not fetched and named, and keeps no smaller one out", async () => {
  const fetched: string[] = [];
  const file = (name: string, size: number) => ({
    name,
    size,
    bytes: async () => {
      fetched.push(name);
      return bytes;
    },
  });
  const files = [file("a.csv", 60_000_000), file("b.csv", 60_000_000), file("c.csv", 40_000_000), file("d.csv", 1)];
  const answer = await withFiles({ ...job, files }, async () => ({
    ok: true,
    value: { ...done, stderr: { ...nothingPrinted, head: "x" } },
  }));
  expect(fetched).toEqual(["a.csv", "c.csv"]);
  expect(answer).toMatchObject({ value: { stderr: { head: expect.stringMatching(/^\[Not in .*: b\.csv, d\.csv\]\nx$/) } } });
});
