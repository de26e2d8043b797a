import type { ReadingStore } from "./reading-store.ts";

/** From here on there is room beside the text: the breakpoint `lg` of the tokens. */
export const wideScreen = "(min-width: 70rem)";

/** Opens the conversation about the report where there is room for it, with the focus in its field. */
export function openAsk(store: ReadingStore): void {
  const wide = window.matchMedia(wideScreen).matches;
  store.set(wide ? { panel: "ask", wantsToAsk: true } : { sheet: "ask", wantsToAsk: true });
}
