"use client";

import { Merge } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { cx } from "#components/ui/cx.ts";
import { smallIcon } from "#components/ui/icon.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { LaneIcon } from "./lane/lane-icon.tsx";
import { useLaneNow } from "./lane/use-lane.ts";
import { laneId, synthesisId, synthesisPlace, tabId } from "./places.ts";

interface LaneTabsProps {
  run: RunStore;
  lanes: number;
  selected: number;
  onSelect: (place: number) => void;
}

/** Where there is room for one lane only: a tab for each, and for the synthesis. Arrows, Home and End go from one to the next. */
export function LaneTabs({ run, lanes, selected, onSelect }: LaneTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const places = [...Array.from({ length: lanes }, (_, index) => index + 1), synthesisPlace];
  const walk = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, places.indexOf(selected), places.length);
    const place = to === null ? undefined : places[to];
    if (place === undefined) return;
    event.preventDefault();
    onSelect(place);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(tabId(run.runId, place))}`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label="Lanes"
      onKeyDown={walk}
      className="sticky top-13 z-5 -mx-4 flex overflow-x-auto border-b border-line bg-canvas px-4 [scrollbar-width:none] md:hidden"
    >
      {places.map((place) => (
        <button
          key={place}
          ref={place === selected ? bringIntoStrip : undefined}
          type="button"
          role="tab"
          id={tabId(run.runId, place)}
          aria-selected={place === selected}
          aria-controls={place === synthesisPlace ? synthesisId(run.runId) : laneId(run.runId, place)}
          tabIndex={place === selected ? 0 : -1}
          onClick={() => onSelect(place)}
          className={cx(
            "flex min-h-11 flex-[1_0_auto] items-center justify-center gap-1.5 border-b-2 px-2 font-medium -outline-offset-2 tabular-nums",
            place === selected ? "border-accent text-ink" : "border-transparent text-ink-2",
          )}
        >
          {place === synthesisPlace ? (
            <>
              <Merge {...smallIcon} />
              Synthesis
            </>
          ) : (
            <TabOfLane run={run} number={place} />
          )}
        </button>
      ))}
    </div>
  );
}

/** Of many lanes not all have room: the strip moves to the chosen one, the page does not. */
function bringIntoStrip(tab: HTMLElement | null): void {
  const strip = tab?.parentElement;
  if (!tab || !strip) return;
  const [start, end] = [tab.offsetLeft, tab.offsetLeft + tab.offsetWidth];
  if (start < strip.scrollLeft) strip.scrollLeft = start;
  else if (end > strip.scrollLeft + strip.clientWidth) strip.scrollLeft = end - strip.clientWidth;
}

function placeAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowLeft":
      return (at + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function TabOfLane({ run, number }: { run: RunStore; number: number }) {
  const now = useLaneNow(run, number);
  return (
    <>
      <LaneIcon name={now.icon} />
      <span className="sr-only">Lane </span>
      {number}
      <span className="sr-only"> {now.tag}</span>
    </>
  );
}
