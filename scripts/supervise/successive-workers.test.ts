import { expect, test } from "vitest";
import { successiveWorkers } from "./successive-workers.ts";

test("each worker is told its own id and those of the workers before it, the last first", () => {
  const next = successiveWorkers();
  const idOf = (parameters: string[]) => parameters.find((each) => each.startsWith("--id="))?.slice(5);
  const [first, second, third] = [next(), next(), next()];
  expect(first).toEqual(["worker/main.ts", expect.stringMatching(/^--id=worker-/)]);
  expect(third.slice(2)).toEqual([`--replaces=${idOf(second)}`, `--replaces=${idOf(first)}`]);
  for (let n = 0; n < 20; n++) next();
  expect(next()).toHaveLength(12);
});
