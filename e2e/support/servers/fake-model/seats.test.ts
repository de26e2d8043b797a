import { expect, test } from "vitest";
import { createSeats } from "./seats.ts";

async function order(scheduling: "fcfs" | "priority"): Promise<string[]> {
  const seats = createSeats(1, scheduling);
  const served: string[] = [];
  const first = await seats.take({ priority: 5, arrival: 0 });
  const rest = [
    ["late and low", 5, 1],
    ["high", 0, 2],
    ["low", 5, 3],
  ] as const;
  const waits = rest.map(async ([name, priority, arrival]) => {
    const release = await seats.take({ priority, arrival });
    served.push(name);
    release();
  });
  expect([seats.running, seats.waiting]).toEqual([1, 3]);
  first();
  first(); // giving back twice gives back once
  await Promise.all(waits);
  expect([seats.running, seats.waiting]).toEqual([0, 0]);
  return served;
}

test("first come, first served", async () => {
  expect(await order("fcfs")).toEqual(["late and low", "high", "low"]);
});

test("the lowest priority first, and among equals who came first", async () => {
  expect(await order("priority")).toEqual(["high", "late and low", "low"]);
});

test("who leaves while waiting has no seat to give back", async () => {
  const seats = createSeats(1, "fcfs");
  const first = await seats.take({ priority: 0, arrival: 0 });
  const waiter = { priority: 0, arrival: 1 };
  const waiting = seats.take(waiter);
  seats.leave(waiter);
  (await waiting)();
  expect([seats.running, seats.waiting]).toEqual([1, 0]);
  first();
  expect(seats.running).toBe(0);
});
