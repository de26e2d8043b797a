"use client";

import { type FocusEvent, type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { CitationCard } from "./citation-card.tsx";
import { placeCard } from "./place-card.ts";
import type { ShownCitation } from "./shown-citation.ts";

const showAfterMs = 150;
const hideAfterMs = 250;

interface OpenCard {
  index: number;
  /** pressed: the reader opened it and the focus goes in. shown: it came by pointing or by focus, and goes by itself. */
  by: "pressed" | "shown";
}

export interface CitationLayerProps {
  shown: (index: number) => ShownCitation | null;
  judge: string | null;
  onPress?: (index: number) => void;
  children: ReactNode;
}

const markAt = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>("[data-citation]") : null);
const indexOf = (mark: HTMLElement) => Number(mark.dataset.citation);

/** A text with a card for its marks: by pointing, by focus after a pause, and by press. A press outside or Escape closes it. */
export function CitationLayer({ shown, judge, onPress, children }: CitationLayerProps) {
  const column = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [card, setCard] = useState<OpenCard | null>(null);
  const [style, setStyle] = useState({});
  const open = card && shown(card.index);

  const show = (mark: HTMLElement, by: OpenCard["by"]) => {
    if (!column.current) return;
    setStyle(placeCard(mark.getBoundingClientRect(), column.current.getBoundingClientRect(), window.innerHeight));
    setCard({ index: indexOf(mark), by });
  };
  const soon = (action: () => void, delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(action, delayMs);
  };
  const onPointerOver = (event: PointerEvent) => {
    const mark = markAt(event.target);
    if (event.pointerType !== "mouse" || !mark || card?.by === "pressed") return;
    soon(() => show(mark, "shown"), showAfterMs);
  };
  const onPointerOut = (event: PointerEvent) => {
    if (event.pointerType === "mouse" && markAt(event.target) && card?.by !== "pressed") soon(() => setCard(null), hideAfterMs);
  };
  const onFocus = (event: FocusEvent) => {
    const mark = markAt(event.target);
    if (mark && event.target.matches(":focus-visible") && card?.index !== indexOf(mark)) soon(() => show(mark, "shown"), showAfterMs * 2);
  };
  const onClick = (event: MouseEvent) => {
    const mark = markAt(event.target);
    if (!mark) return;
    clearTimeout(timer.current);
    onPress?.(indexOf(mark));
    show(mark, "pressed");
  };

  useEffect(() => {
    if (!card) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      column.current?.querySelector<HTMLElement>(`[data-citation="${card.index}"]`)?.focus();
      clearTimeout(timer.current);
      setCard(null);
    };
    const onAnyPress = (event: Event) => {
      if (event.target instanceof Element && !event.target.closest("[data-citation-card], [data-citation]")) setCard(null);
    };
    window.addEventListener("keydown", onKey, true);
    window.addEventListener("pointerdown", onAnyPress);
    return () => {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointerdown", onAnyPress);
    };
  }, [card]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the events come from the buttons inside, which are HTML from the server
    // biome-ignore lint/a11y/useKeyWithClickEvents: a button's press by key arrives as a click
    <div ref={column} className="relative" onPointerOver={onPointerOver} onPointerOut={onPointerOut} onFocus={onFocus} onClick={onClick}>
      {children}
      {open && card && (
        <CitationCard
          key={card.index}
          shown={open}
          judge={judge}
          takesFocus={card.by === "pressed"}
          style={style}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={() => card.by === "shown" && soon(() => setCard(null), hideAfterMs)}
        />
      )}
    </div>
  );
}
