"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { type PlacesOf, placeIn, watchPlaces } from "./places.ts";

/** Goes where a digit or the address of the page says. */
export function usePlaces({ runId, last }: PlacesOf, goTo: (place: number) => void): void {
  const go = useEffectEvent(goTo);
  const arrived = useRef(false);
  useEffect(() => {
    const place = placeIn(window.location.hash, { runId, last });
    if (place !== null && !arrived.current) queueMicrotask(() => go(place)); // React is not done with the page yet
    arrived.current = true;
    return watchPlaces({ runId, last }, (to) => go(to));
  }, [runId, last]);
}
