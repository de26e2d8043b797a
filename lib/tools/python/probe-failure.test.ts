import { afterEach, expect, test, vi } from "vitest";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { nothingPrinted, toPrinted } from "./printed.ts";
import { probeFailure } from "./probe-failure.ts";
import type { PythonProvider, PythonResult } from "./python-job.ts";

afterEach(() => void vi.useRealTimers());

const { signal } = new AbortController();
const ran = (head: string): Answer<PythonResult> => ({
  ok: true,
  value: { stdout: toPrinted(head), stderr: nothingPrinted, figures: [], returnCode: 0, ended: "exited", durationMs: 1 },
});
const sandbox = (ask: PythonProvider["ask"]): PythonProvider => ({ name: "s", manners: { atOnce: 1, local: true }, ask });

test.each<[string, Answer<PythonResult> | null, string | null]>([
  ["that ran the script has none", ran("42\n"), null],
  ["that printed something else is not trusted", ran(""), "A script ended as exited in it"],
  ["that did not start says why", { ok: false, reason: "crashed", detail: "The sandbox did not start" }, "The sandbox did not start"],
])("a sandbox %s", async (_, answer, failure) => {
  expect(
    await probeFailure(
      sandbox(async () => answer),
      signal,
    ),
  ).toBe(failure);
});

test("one that hangs, even if it hears no abort, is given up after 30 s, and told so", async () => {
  vi.useFakeTimers({ fakeNodeBuiltins: true });
  const given = Promise.withResolvers<AbortSignal>();
  const hanging = sandbox((_job, until) => {
    given.resolve(until);
    return new Promise(() => {});
  });
  const failing = probeFailure(hanging, signal);
  const until = await given.promise;
  await vi.advanceTimersByTimeAsync(29_999);
  expect(until.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await failing).toBe("It ran no script in 30 s");
  expect(until.aborted).toBe(true);
});

test("an abort is thrown", async () => {
  const stop = new AbortController();
  const failing = probeFailure(
    sandbox(() => new Promise(() => {})),
    stop.signal,
  );
  stop.abort(new Error("stopped"));
  await expect(failing).rejects.toThrow("stopped");
});
