export interface KeptBriefly<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

export interface KeepOptions<Value> {
  /** How long a value stays. */
  ms: number;
  /** From when that time counts: since a value was last asked for, or since it was set. */
  since: "use" | "set";
  /** What all values together may come to. Beyond, the one that was used longest ago goes first, and one that is too large alone is not kept. */
  most: number;
  /** What one value counts for; 1 without it. */
  sizeOf?: (value: Value) => number;
}

/** Keeps values in memory for a while. They go by a clock and not at the next look, so what was deleted elsewhere does not stay here because nobody asks for it. */
export function keepBriefly<Value>({ ms, since, most, sizeOf = () => 1 }: KeepOptions<Value>): KeptBriefly<Value> {
  const kept = new Map<string, { value: Value; size: number; leave: NodeJS.Timeout }>();
  let held = 0;
  const drop = (key: string) => {
    const entry = kept.get(key);
    if (!entry) return;
    clearTimeout(entry.leave);
    kept.delete(key);
    held -= entry.size;
  };
  return {
    get(key) {
      const entry = kept.get(key);
      if (!entry) return undefined;
      kept.delete(key);
      kept.set(key, entry);
      if (since === "use") entry.leave.refresh();
      return entry.value;
    },
    set(key, value) {
      drop(key);
      const size = sizeOf(value);
      if (size > most) return;
      kept.set(key, { value, size, leave: setTimeout(drop, ms, key).unref() });
      held += size;
      for (const oldest of kept.keys()) {
        if (held <= most) return;
        drop(oldest);
      }
    },
  };
}
