import type { CSSProperties } from "react";

const width = 400;
const height = 340;
const gap = 6;

/** Below the mark where there is room, above it otherwise; inside the column either way. Relative to the column, so it scrolls with the text. */
export function placeCard(mark: DOMRect, column: DOMRect, viewportHeight: number): CSSProperties {
  const left = Math.max(0, Math.min(mark.left - column.left - 12, column.width - width));
  const below = viewportHeight - mark.bottom >= height || mark.top < height;
  return below ? { left, top: mark.bottom - column.top + gap } : { left, bottom: column.bottom - mark.top + gap };
}
