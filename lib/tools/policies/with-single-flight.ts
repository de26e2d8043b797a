import type { Asked, Desk } from "./desk.ts";

interface Flight<Value> {
  landing: Promise<Asked<Value>>;
  control: AbortController;
  passengers: number;
}

/**
 * The same request twice at a time is made once, and both get its answer. Whoever stops waiting leaves the others their answer; the request
 * ends when the last one has left. One request is one request in the log: only who began it has it among his tries.
 */
export function withSingleFlight<Request, Value>(desk: Desk<Request, Value>, keyOf: (request: Request) => string): Desk<Request, Value> {
  const flights = new Map<string, Flight<Value>>();

  function board(request: Request): Flight<Value> {
    const key = keyOf(request);
    const under = flights.get(key);
    if (under) return under;
    const control = new AbortController();
    const landing = desk.ask(request, control.signal).finally(() => flights.get(key) === flight && flights.delete(key));
    const flight: Flight<Value> = { landing, control, passengers: 0 };
    landing.catch(() => {}); // whoever waits is told
    flights.set(key, flight);
    control.signal.addEventListener("abort", () => flights.get(key) === flight && flights.delete(key));
    return flight;
  }

  return {
    name: desk.name,
    async ask(request, signal) {
      signal.throwIfAborted();
      const begins = !flights.has(keyOf(request));
      const flight = board(request);
      const boarded = performance.now();
      flight.passengers++;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(signal.reason);
      signal.addEventListener("abort", leave);
      try {
        const landed = await Promise.race([flight.landing, left.promise]);
        return begins ? landed : { ...landed, tries: 0, waitedMs: Math.min(landed.waitedMs, Math.round(performance.now() - boarded)) };
      } finally {
        signal.removeEventListener("abort", leave);
        if (--flight.passengers === 0) flight.control.abort(signal.reason);
      }
    },
  };
}
