export const markOf = (index: number) => document.querySelector<HTMLElement>(`[data-report-text] [data-citation="${index}"]`);

/** The text is HTML from the server, which React leaves alone: the mark of the current claim is set by hand. Nothing scrolls further than it has to. */
export function showClaim(index: number | null): void {
  for (const mark of document.querySelectorAll("[data-report-text] [data-citation][aria-current]")) mark.removeAttribute("aria-current");
  if (index === null) return;
  const mark = markOf(index);
  mark?.setAttribute("aria-current", "true");
  mark?.scrollIntoView({ block: "nearest" });
  requestAnimationFrame(() => {
    for (const row of document.querySelectorAll(`[data-claim="${index}"]`)) row.scrollIntoView({ block: "nearest" });
  });
}
