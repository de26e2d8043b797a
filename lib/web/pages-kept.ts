import { keepBriefly } from "#lib/std/keep-briefly.ts";

export interface PagesKept {
  /** The page under a key, made by `make` where it is not kept. What lies under one key must never change. */
  page(key: string, make: () => string): string;
}

/** Pages kept of a process: that of a long report is 0.3 MB. */
const mostPages = 32;
/** A report that is deleted, or a link that is revoked, is asked for no more and so is gone from here too. */
const unusedMs = 60_000;

/** Keeps the pages that were asked for last: to write a long one anew takes 0.2 s of a processor, which a link that goes round should not cost at every view. */
export function keepPages(most = mostPages): PagesKept {
  const kept = keepBriefly<string>({ ms: unusedMs, since: "use", most });
  return {
    page(key, make) {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const page = make();
      kept.set(key, page);
      return page;
    },
  };
}
