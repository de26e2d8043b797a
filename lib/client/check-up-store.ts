import type { CheckUp } from "#lib/domain/check-up.ts";
import { getCheckUp } from "./api.ts";
import { sayRefusal } from "./say-refusal.ts";

/** `last`: the check before this one, whose findings stay on the screen. */
export type CheckUpState =
  | { kind: "checking"; last: CheckUp | null }
  | { kind: "checked"; last: CheckUp }
  | { kind: "failed"; last: CheckUp | null; problem: string };

const first: CheckUpState = { kind: "checking", last: null };

/** The check of one page: it begins when the page is there, and again when the reader asks. */
export function createCheckUpStore() {
  const listeners = new Set<() => void>();
  let state: CheckUpState = first;
  let isAsking = false;

  const set = (next: CheckUpState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const ask = async (fresh: boolean) => {
    if (isAsking) return;
    isAsking = true;
    if (state.kind !== "checking") set({ kind: "checking", last: state.last });
    try {
      set({ kind: "checked", last: await getCheckUp(fresh) });
    } catch (error) {
      set({ kind: "failed", last: state.last, problem: sayRefusal(error) });
    } finally {
      isAsking = false;
    }
  };

  return {
    atRender: () => first,
    state: () => state,
    again: () => void ask(true),
    subscribe(listener: () => void) {
      listeners.add(listener);
      if (state === first) void ask(false);
      return () => void listeners.delete(listener);
    },
  };
}
