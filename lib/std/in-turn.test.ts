import { expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";

test("does one after the other, also after a failure", async () => {
  const next = inTurn();
  const order: string[] = [];
  const task = (name: string, ticks: number, fails = false) =>
    next(async () => {
      order.push(`${name} begins`);
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      order.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const all = await Promise.allSettled([task("a", 5), task("b", 1, true), task("c", 0)]);
  expect(order).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(all.map((each) => each.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
