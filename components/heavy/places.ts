/** Where a reader can go in a Heavy run: to a lane by its number, or here. */
export const synthesisPlace = 0;

/** The elements of a place: of a lane by its number, and the tab that leads there. */
export const laneId = (number: number) => `lane-${number}`;
export const tabId = (place: number) => `lane-tab-${place}`;

const inField = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

/** Goes to a place at a digit, 1 to 9 for a lane and 0 for the synthesis, and at an address that names one. Returns how to leave off. */
export function watchPlaces(goTo: (place: number) => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (inField(event.target) || event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
    if (document.querySelector("[role=dialog],[role=menu]")) return;
    goTo(Number(event.key));
  };
  const onHash = () => {
    const place = placeIn(window.location.hash);
    if (place !== null) goTo(place);
  };
  window.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", onHash);
  return () => {
    window.removeEventListener("keydown", onKey);
    window.removeEventListener("hashchange", onHash);
  };
}

/** `#lane-3`, `#researcher-3-s2` (a step of it), `#synthesis`. */
export function placeIn(hash: string): number | null {
  if (hash === "#synthesis") return synthesisPlace;
  const digits = /^#(?:lane-(\d+)|researcher-(\d+)-s\d+)$/.exec(hash);
  return digits ? Number(digits[1] ?? digits[2]) : null;
}
