import type { SessionRow } from "#lib/domain/session.ts";
import { findSessions } from "./api.ts";
import { sayRefusal } from "./say-refusal.ts";
import { onSessionsChanged } from "./sessions-changed.ts";

export interface SessionsState {
  words: string;
  items: readonly SessionRow[];
  next: string | null;
  /** Why the list is not what was asked for, in words. */
  problem: string | null;
  loading: boolean;
}

const debounceMs = 200;
const workingRefreshMs = 5_000;
const isWorking = (row: SessionRow) =>
  row.lastRun?.status === "queued" || row.lastRun?.status === "running" || row.lastRun?.status === "paused";

/** The list of sessions in the sidebar: what the server rendered, refreshed while something works, searched as the reader types. */
export function createSessionsStore(initial: { items: readonly SessionRow[]; next: string | null }) {
  const first: SessionsState = { words: "", items: initial.items, next: initial.next, problem: null, loading: false };
  const listeners = new Set<() => void>();
  let state = first;
  let asked = 0;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let refreshing: ReturnType<typeof setInterval> | undefined;
  let leave: (() => void) | undefined;

  const set = (change: Partial<SessionsState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const load = async (cursor?: string) => {
    const question = ++asked;
    try {
      const found = await findSessions(state.words, cursor);
      if (question !== asked) return; // a newer question is on its way
      set({ items: cursor ? [...state.items, ...found.items] : found.items, next: found.next, problem: null, loading: false });
    } catch (error) {
      if (question === asked) set({ problem: sayRefusal(error), loading: false });
    }
  };
  const refresh = () => void load();

  return {
    atRender: () => first,
    state: () => state,
    search(words: string) {
      set({ words, loading: true });
      clearTimeout(typing);
      typing = setTimeout(refresh, debounceMs);
    },
    more: () => void (state.next && load(state.next)),
    refresh,
    subscribe(listener: () => void) {
      listeners.add(listener);
      leave ??= onSessionsChanged(refresh);
      refreshing ??= setInterval(() => {
        if (!document.hidden && state.items.some(isWorking)) refresh();
      }, workingRefreshMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        leave?.();
        leave = undefined;
        clearInterval(refreshing);
        refreshing = undefined;
      };
    },
  };
}
export type SessionsStore = ReturnType<typeof createSessionsStore>;
