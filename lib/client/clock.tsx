"use client";

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";

interface Clock {
  subscribe: (listener: () => void) => () => void;
  now: () => number;
  atRender: () => number;
}

/** Ticks once a second while somebody looks. It runs on the server's time: its moments are compared with those of the log. */
function createClock(serverNow: number): Clock {
  const skew = typeof window === "undefined" ? 0 : serverNow - pageArrivedAt();
  const listeners = new Set<() => void>();
  let now = serverNow;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now() + skew;
    for (const listener of listeners) listener();
  };
  return {
    now: () => now,
    atRender: () => serverNow,
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, 1_000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

/** When the page's first byte came, which is when the server wrote its time into it; the scripts start seconds later on a slow line. */
function pageArrivedAt(): number {
  const [page] = performance.getEntriesByType("navigation");
  return page instanceof PerformanceNavigationTiming ? performance.timeOrigin + page.responseStart : Date.now();
}

const ClockContext = createContext<Clock>(createClock(0));

export function ClockProvider({ serverNow, children }: { serverNow: number; children: ReactNode }) {
  const [clock] = useState(() => createClock(serverNow));
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** The time of now, in milliseconds, once a second. */
export function useNow(): number {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(clock.subscribe, clock.now, clock.atRender);
}
