import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChaosWorld, startChaosWorld } from "#e2e/support/chaos/chaos-world.ts";
import { checkHistory } from "#e2e/support/chaos/check-history.ts";
import { figuresOf } from "#e2e/support/chaos/figures-of.ts";
import { sweep } from "#e2e/support/chaos/sweep.ts";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";

let kernel: Kernel;
let world: ChaosWorld;
beforeAll(async () => {
  kernel = await openKernel();
  world = await startChaosWorld({ pieceMs: 10 });
});
afterAll(async () => {
  await world.close();
  await kernel.close();
});

const kills = Number(process.env.CHAOS_KILLS || 200);
const seed = Number(process.env.CHAOS_SEED || 1);

test(
  "workers are killed by the hundred, at every place, and no run loses, repeats or forgets anything",
  async () => {
    const swept = await sweep(kernel, world, { kills, seed, workers: 4, live: 8 });
    console.log(figuresOf(swept));
    expect(checkHistory(swept.runs)).toEqual([]);
    expect(swept.deaths.length).toBeGreaterThanOrEqual(kills);
  },
  kills * 6_000,
);
