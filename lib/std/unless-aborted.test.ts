import { expect, test } from "vitest";
import { unlessAborted } from "./unless-aborted.ts";

test("gives what came, or the reason of an abort that came first", async () => {
  const stop = new AbortController();
  expect(await unlessAborted(Promise.resolve(1), stop.signal)).toBe(1);
  await expect(unlessAborted(Promise.reject(new Error("bad")), stop.signal)).rejects.toThrow("bad");
  const left = unlessAborted(new Promise(() => {}), stop.signal);
  stop.abort(new Error("stopped"));
  await expect(left).rejects.toThrow("stopped");
  await expect(unlessAborted(new Promise(() => {}), stop.signal)).rejects.toThrow("stopped");
});
