"use client";

import { ArrowDown } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { count } from "#components/trace/count.ts";
import { Button } from "#components/ui/button.tsx";
import { smallIcon } from "#components/ui/icon.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { createFollow } from "./follow.ts";

const stays = () => true;

interface FollowingProps {
  run: RunStore;
  steps: number;
  live: boolean;
  children: ReactNode;
}

/** Holds what grows. `steps` is how many there are: what came since the reader let go of the end is counted on a button. */
export function Following({ run, steps, live, children }: FollowingProps) {
  const content = useRef<HTMLDivElement>(null);
  const [follow] = useState(createFollow);
  const following = useSyncExternalStore(follow.subscribe, follow.following, stays);
  const [seen, setSeen] = useState(steps);
  if (following && seen !== steps) setSeen(steps);

  useEffect(() => {
    if (!live || !content.current) return;
    const leave = follow.attach(content.current);
    const hold = () => run.keepOpen(!follow.following());
    const forget = follow.subscribe(hold);
    hold();
    return () => {
      forget();
      leave();
    };
  }, [follow, live, run]);

  const missed = steps - seen;
  return (
    <>
      <div ref={content}>{children}</div>
      {live && !following && missed > 0 && (
        <div className="pointer-events-none sticky bottom-44 z-10 flex justify-center">
          <Button className="pointer-events-auto shadow-pop" onClick={follow.toEnd}>
            {count(missed, "new step")} <ArrowDown {...smallIcon} />
          </Button>
        </div>
      )}
    </>
  );
}
