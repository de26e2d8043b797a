"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { placeIn, watchPlaces } from "./places.ts";

/** Goes where a digit or the address of the page says. */
export function usePlaces(goTo: (place: number) => void): void {
  const go = useEffectEvent(goTo);
  const arrived = useRef(false);
  useEffect(() => {
    const place = placeIn(window.location.hash);
    if (place !== null && !arrived.current) go(place);
    arrived.current = true;
    return watchPlaces((to) => go(to));
  }, []);
}
