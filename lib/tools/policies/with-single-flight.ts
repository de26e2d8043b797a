import type { Asked, Desk } from "./asked.ts";

interface Flight<Value> {
  landing: Promise<Asked<Value>>;
  control: AbortController;
  passengers: number;
}

/**
 * The same request twice at a time is made once, and both get its answer. Whoever stops waiting leaves the others their answer; the request
 * ends when the last one has left.
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
      const flight = board(request);
      flight.passengers++;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(signal.reason);
      signal.addEventListener("abort", leave);
      try {
        return await Promise.race([flight.landing, left.promise]);
      } finally {
        signal.removeEventListener("abort", leave);
        if (--flight.passengers === 0) flight.control.abort(signal.reason);
      }
    },
  };
}
