"use client";

import { useState, useSyncExternalStore } from "react";
import type { PackedView } from "#lib/domain/packed-view.ts";
import type { RowView, RunView } from "#lib/domain/run-view.ts";
import { createRunStore, type RunStore } from "./run-store.ts";

/** A run as it is now: the snapshot the server rendered first, then the tail of its log. Whoever reads a part of it keeps it connected. */
export function useRun(runId: string, snapshot: PackedView): RunStore {
  const [store] = useState(() => createRunStore(runId, snapshot));
  return store;
}

/** A part of the run, for a component that need not render when another part changes. `select` has to return what the fold holds, not a copy. */
export function useRunPart<T>(run: RunStore, select: (view: RunView) => T): T {
  return useSyncExternalStore(
    run.subscribe,
    () => select(run.view()),
    () => select(run.atRender),
  );
}

export const useRowKeys = (run: RunStore): readonly string[] => useSyncExternalStore(run.subscribe, run.keys, run.keys);

export const useLaneKeys = (run: RunStore, lane: string): readonly string[] =>
  useSyncExternalStore(
    run.subscribe,
    () => run.laneKeys(lane),
    () => run.laneKeys(lane),
  );

export const useRow = (run: RunStore, key: string): RowView | undefined =>
  useSyncExternalStore(
    run.subscribe,
    () => run.row(key),
    () => run.row(key),
  );

export const useOpenChoice = (run: RunStore, key: string): boolean | undefined =>
  useSyncExternalStore(
    run.subscribe,
    () => run.choice(key),
    () => undefined,
  );

export const useConnection = (run: RunStore) => useSyncExternalStore(run.subscribe, run.connection, run.connection);
