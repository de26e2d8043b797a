/** The reader took longer than its buffer holds: it is let go, and comes back with the last id it has. */
export class TooSlow extends Error {
  override name = "TooSlow" as const;
}
