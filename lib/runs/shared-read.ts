const inFlight = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Reads from `source`, or, where the same is being read at this moment, gives what that brings. `key` names what is read. */
export function sharedRead<T>(source: object, key: string, read: () => Promise<T>): Promise<T> {
  const reads = inFlight.get(source) ?? new Map<string, Promise<unknown>>();
  inFlight.set(source, reads);
  const known = reads.get(key);
  if (known) return known as Promise<T>; // under one key there is one kind of answer
  const reading = read().finally(() => reads.delete(key));
  reads.set(key, reading);
  return reading;
}
