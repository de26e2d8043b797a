"use client";

import { useRouter } from "next/navigation";
import { type FocusEvent, type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { CitationCard } from "./citation-card.tsx";
import { passageLink } from "./passage-link.ts";
import { placeCard } from "./place-card.ts";
import { markOf, type OpenCard, useReading } from "./reading.tsx";
import { watchReportKeys } from "./report-keys.ts";

const showAfterMs = 150;
const hideAfterMs = 250;

const citationAt = (target: EventTarget): number | null => {
  const mark = target instanceof Element ? target.closest<HTMLElement>("[data-citation]") : null;
  return mark ? Number(mark.dataset.citation) : null;
};

/** The text of a report with a card for its marks: by pointing, by focus after a pause, and by press. */
export function CitationLayer({ children }: { children: ReactNode }) {
  const column = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const router = useRouter();
  const reading = useReading();
  const { card, setCard, select } = reading;
  const [style, setStyle] = useState({});

  const show = (next: OpenCard) => {
    const mark = markOf(next.index);
    if (!mark || !column.current) return;
    setStyle(placeCard(mark.getBoundingClientRect(), column.current.getBoundingClientRect(), window.innerHeight));
    setCard(next);
  };
  const soon = (action: () => void, delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(action, delayMs);
  };
  const onPointerOver = (event: PointerEvent) => {
    const index = citationAt(event.target);
    if (event.pointerType !== "mouse" || index === null || card?.by === "pressed") return;
    soon(() => show({ index, by: "shown" }), showAfterMs);
  };
  const onPointerOut = (event: PointerEvent) => {
    if (event.pointerType === "mouse" && citationAt(event.target) !== null && card?.by !== "pressed")
      soon(() => setCard(null), hideAfterMs);
  };
  const onFocus = (event: FocusEvent) => {
    const index = citationAt(event.target);
    if (index !== null && event.target.matches(":focus-visible") && card?.index !== index)
      soon(() => show({ index, by: "shown" }), showAfterMs * 2);
  };
  const onClick = (event: MouseEvent) => {
    const index = citationAt(event.target);
    if (index === null) return;
    clearTimeout(timer.current);
    select(index);
    show({ index, by: "pressed" });
  };

  useEffect(
    () =>
      watchReportKeys({
        reading,
        openPassage: (index) => {
          const citation = reading.report.citations[index];
          if (citation) router.push(passageLink(reading.report.id, citation, index));
        },
      }),
    [reading, router],
  );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the events come from the buttons inside, which are HTML from the server
    // biome-ignore lint/a11y/useKeyWithClickEvents: a button's press by key arrives as a click
    <div ref={column} className="relative" onPointerOver={onPointerOver} onPointerOut={onPointerOut} onFocus={onFocus} onClick={onClick}>
      {children}
      {card && (
        <CitationCard
          key={card.index}
          index={card.index}
          takesFocus={card.by === "pressed"}
          style={style}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => card.by === "shown" && soon(() => setCard(null), hideAfterMs)}
        />
      )}
    </div>
  );
}
