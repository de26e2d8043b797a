import { afterEach, expect, test, vi } from "vitest";
import type { Child } from "./child.ts";
import { keepRunning } from "./keep-running.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function scriptedChildren() {
  const deaths: ((how: string) => void)[] = [];
  const start = (): Child => {
    const { promise, resolve } = Promise.withResolvers<string>();
    deaths.push(resolve);
    return { ended: promise, end: async () => resolve("signal SIGTERM"), show() {} };
  };
  return { deaths, start };
}

test("a worker that keeps dying young is started again after pauses that grow, and says so", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const { deaths, start } = scriptedChildren();
  const stopping = new AbortController();
  // node:timers/promises is not faked: the pause comes from the argument.
  const pauses: number[] = [];
  const kept = keepRunning(start, stopping.signal, async (ms) => void pauses.push(ms));
  for (let deathsSoFar = 0; deathsSoFar < 8; deathsSoFar++) {
    deaths.at(-1)?.("code 1");
    await vi.waitFor(() => expect(deaths).toHaveLength(deathsSoFar + 2));
  }
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(said.mock.calls[1]).toEqual(["The worker ended (code 1): starting it again in 1 s."]);
  vi.setSystemTime(Date.now() + 61_000);
  deaths.at(-1)?.("signal SIGKILL");
  await vi.waitFor(() => expect(deaths).toHaveLength(10));
  expect(pauses.at(-1)).toBe(500);
  stopping.abort();
  await kept.end(1000, new AbortController().signal);
});

test("a worker that ends because everything stops is left in peace", async () => {
  const { deaths, start } = scriptedChildren();
  const stopping = new AbortController();
  const kept = keepRunning(start, stopping.signal);
  stopping.abort();
  await kept.end(1000, new AbortController().signal);
  expect(deaths).toHaveLength(1);
});
