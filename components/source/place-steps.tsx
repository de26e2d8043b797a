"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";

interface PlaceStepsProps {
  /** How many places there are, and at which one the page opens. */
  count: number;
  first: number | null;
  backHref: string;
}

const show = (place: number) => document.querySelector(`[data-place="${place}"]`)?.scrollIntoView({ block: "center" });

/** From cited passage to cited passage: j and k as controls. b goes back. */
export function PlaceSteps({ count, first, backHref }: PlaceStepsProps) {
  const router = useRouter();
  const [current, setCurrent] = useState(first);
  const next = current === null ? 0 : current + 1;
  const previous = current === null ? -1 : current - 1;

  const go = (place: number) => {
    if (place < 0 || place >= count) return;
    setCurrent(place);
    show(place);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isField = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]") !== null;
      if (isField || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("[role=dialog],[role=menu]")) return;
      if (event.key === "j") go(next);
      else if (event.key === "k") go(previous);
      else if (event.key === "b") router.push(backHref);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  if (count === 0) return null;
  return (
    <div className="flex items-center">
      <Button
        look="quiet"
        icon
        className="disabled:bg-transparent"
        aria-label="Previous cited passage"
        aria-keyshortcuts="k"
        disabled={previous < 0}
        onClick={() => go(previous)}
      >
        <ArrowUp {...icon} />
      </Button>
      <span role="status" className="px-1 text-xs whitespace-nowrap text-ink-3 tabular-nums">
        {current === null ? count : `${current + 1} of ${count}`}
      </span>
      <Button
        look="quiet"
        icon
        className="disabled:bg-transparent"
        aria-label="Next cited passage"
        aria-keyshortcuts="j"
        disabled={next >= count}
        onClick={() => go(next)}
      >
        <ArrowDown {...icon} />
      </Button>
    </div>
  );
}
