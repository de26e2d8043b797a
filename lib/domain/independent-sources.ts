import type { SourceRef } from "./source.ts";

/**
 * Sources in groups of which each counts once, in the order of their numbers: copies of one text and nearly the same texts, wherever they were
 * read, and one address that was read twice. It knows no more than that: two texts of different words may still go back to one origin.
 */
export function independentSources<T extends Known>(sources: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const source of sources.toSorted((one, other) => one.n - other.n)) {
    const same = groups.filter((group) => group.some((known) => isSame(known, source)));
    const [first] = same;
    if (!first) {
      groups.push([source]);
      continue;
    }
    first.push(...same.slice(1).flat(), source);
    for (const joined of same.slice(1)) groups.splice(groups.indexOf(joined), 1);
  }
  return groups;
}

type Known = Pick<SourceRef, "n" | "url" | "hash" | "copyOf">;

const isSame = (one: Known, other: Known) =>
  one.hash === other.hash || withoutFragment(one.url) === withoutFragment(other.url) || (one.copyOf ?? one.n) === (other.copyOf ?? other.n);
const withoutFragment = (url: string) => url.replace(/#.*$/, "");
