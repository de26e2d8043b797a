import { nextClaim } from "./next-claim.ts";
import { openAsk } from "./open-ask.ts";
import { selectClaim } from "./reading.tsx";
import type { Menu, ReadingStore } from "./reading-store.ts";
import type { ReportFacts } from "./report-facts.ts";
import { markOf } from "./show-claim.ts";
import { shownCitation } from "./shown-citation.ts";
import { statusOrder } from "./status.ts";

interface Keys {
  report: ReportFacts;
  store: ReadingStore;
  open: (href: string) => void;
}

const menus: Record<string, Menu> = { v: "versions", e: "export", s: "share" };
const isField = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
/** A dialog or a menu has the keys. A card has not: from it the next claim is one key away. */
const isElsewhere = () => document.querySelector("[role=dialog][data-state=open], [role=menu][data-state=open]") !== null;

/**
 * j and k walk the claims, J and K those to look at, Enter opens the passage, Escape goes back to the sentence, 1 to 5 filter, 0 shows all,
 * a asks, v e s open the menus. Returns how to leave off.
 */
export function watchReportKeys({ report, store, open }: Keys): () => void {
  const walk = (by: 1 | -1, toLookAt: boolean) => {
    const next = nextClaim(report.citations, store.state(), by, toLookAt);
    if (next !== undefined) selectClaim(store, next);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isElsewhere() || isField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { current } = store.state();
    const menu = menus[event.key];
    if (event.key.toLowerCase() === "j") walk(1, event.key === "J");
    else if (event.key.toLowerCase() === "k") walk(-1, event.key === "K");
    else if (/^[0-5]$/.test(event.key)) store.set({ filter: statusOrder[Number(event.key) - 1] ?? null, panel: "claims" });
    else if (event.key === "Escape" && current !== null) markOf(current)?.focus();
    else if (event.key === "Enter" && current !== null && !isControl(event.target)) {
      const shown = shownCitation(report, current);
      if (shown) open(shown.href);
    } else if (menu) {
      event.preventDefault();
      store.set({ menu });
    } else if (event.key === "a") {
      event.preventDefault();
      openAsk(store);
    }
  };
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}

const isControl = (target: EventTarget | null) => target instanceof Element && target.closest("button, a, summary") !== null;
