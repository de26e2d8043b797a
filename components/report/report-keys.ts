import type { useReading } from "./reading.tsx";
import { markOf } from "./reading.tsx";
import { statusOrder } from "./status.ts";

interface Keys {
  reading: ReturnType<typeof useReading>;
  openPassage: (index: number) => void;
}

const inField = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

/**
 * j and k walk the claims, J and K those to look at, Enter opens the passage, Escape goes back to the sentence, 1 to 5 filter, 0 shows
 * all. A press outside closes an open card. Returns how to leave off.
 */
export function watchReportKeys({ reading, openPassage }: Keys): () => void {
  const { current, card, filter, report, select, setCard, setFilter } = reading;
  const step = (by: 1 | -1, toLookAt: boolean) => {
    const open = report.citations.flatMap(({ status }, index) =>
      (filter ? status === filter : !toLookAt || status === "weak" || status === "unsupported" || status === "unchecked") ? [index] : [],
    );
    const next =
      by > 0 ? open.find((index) => index > (current ?? -1)) : open.findLast((index) => index < (current ?? report.citations.length));
    if (next === undefined) return;
    setCard(null);
    select(next);
  };
  const back = () => {
    if (card) markOf(card.index)?.focus();
    setCard(null);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") return back();
    if (inField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "J") return step(1, event.key === "J");
    if (event.key === "k" || event.key === "K") return step(-1, event.key === "K");
    if (/^[0-5]$/.test(event.key)) return setFilter(statusOrder[Number(event.key) - 1] ?? null);
    const onControl = event.target instanceof Element && event.target.closest("button, a, summary") !== null;
    if (event.key === "Enter" && current !== null && !onControl) openPassage(current);
  };
  const onPress = (event: PointerEvent) => {
    if (event.target instanceof Element && !event.target.closest("[data-citation-card], [data-citation]")) setCard(null);
  };
  window.addEventListener("keydown", onKey);
  window.addEventListener("pointerdown", onPress);
  return () => {
    window.removeEventListener("keydown", onKey);
    window.removeEventListener("pointerdown", onPress);
  };
}
