export interface PagesKept {
  /** The page under a key, made by `make` where it is not kept. What lies under one key must never change. */
  page(key: string, make: () => string): string;
}

/** Pages kept of a process: that of a long report is 0.3 MB. */
const mostPages = 32;

/** Keeps the pages that were asked for last: to write a long one anew takes 0.2 s of a processor, which a link that goes round should not cost at every view. */
export function keepPages(most = mostPages): PagesKept {
  const kept = new Map<string, string>();
  return {
    page(key, make) {
      const page = kept.get(key) ?? make();
      kept.delete(key);
      kept.set(key, page);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return page;
    },
  };
}
