/** Where a reader can go in a Heavy run: to a lane by its number, or here. */
export const synthesisPlace = 0;

/** The elements of a place, and the tab that leads there. A session may show several runs, so each has its own. */
export const laneId = (runId: string, number: number) => `lane-${number}-${runId}`;
export const synthesisId = (runId: string) => `synthesis-${runId}`;
export const tabId = (runId: string, place: number) => `lane-tab-${place}-${runId}`;

const inField = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

/** Of several runs the last one is meant where an address, or a key, names none. */
export interface PlacesOf {
  runId: string;
  last: boolean;
}

/** Goes to a place at a digit, 1 to 9 for a lane and 0 for the synthesis, and at an address that names one. Returns how to leave off. */
export function watchPlaces(of: PlacesOf, goTo: (place: number) => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (inField(event.target) || event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
    if (document.querySelector("[role=dialog],[role=menu]")) return;
    goTo(Number(event.key));
  };
  const onHash = () => {
    const place = placeIn(window.location.hash, of);
    if (place !== null) goTo(place);
  };
  /** The same link a second time changes no address. */
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='#']") : null;
    if (link && link.hash === window.location.hash) onHash();
  };
  if (of.last) window.addEventListener("keydown", onKey);
  window.addEventListener("click", onClick);
  window.addEventListener("hashchange", onHash);
  return () => {
    window.removeEventListener("keydown", onKey);
    window.removeEventListener("click", onClick);
    window.removeEventListener("hashchange", onHash);
  };
}

/** `#lane-3-<run>`, `#synthesis-<run>`; without a run, of the last one. Null: another run's, or no place. */
export function placeIn(hash: string, { runId, last }: PlacesOf): number | null {
  const [, lane, run = null] = /^#(?:lane-(\d+)|synthesis)(?:-([0-9a-f-]{36}))?$/.exec(hash) ?? [undefined, undefined, "none"];
  if (run === null ? !last : run !== runId) return null;
  return lane === undefined ? synthesisPlace : Number(lane);
}
