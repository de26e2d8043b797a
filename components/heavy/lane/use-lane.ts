"use client";

import { hasRunEnded, type RunStore } from "#lib/client/run-store.ts";
import { useLaneKeys, useRow, useRunPart } from "#lib/client/use-run.ts";
import { researcherOf } from "#lib/domain/heavy.ts";
import { type LaneNow, laneNow } from "./lane-now.ts";

/** The lane of a number, which renders again when its steps end, not while they stream. */
export function useLane(run: RunStore, number: number) {
  const lane = useRunPart(run, (view) => view.lanes[number - 1]);
  const plan = useRunPart(run, (view) => view.heavy);
  if (!lane || !plan) throw new Error(`The run has no lane ${number}`);
  return { lane, plan };
}

/** What a lane is doing now. */
export function useLaneNow(run: RunStore, number: number): LaneNow {
  const { lane, plan } = useLane(run, number);
  const keys = useLaneKeys(run, researcherOf(number));
  const last = useRow(run, keys.at(-1) ?? "");
  const over = useRunPart(run, hasRunEnded);
  const paused = useRunPart(run, (view) => view.status === "paused");
  return laneNow({ lane, plan, over, paused, step: last?.kind === "step" ? last : undefined });
}
