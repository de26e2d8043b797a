import { searchTokens } from "#lib/std/search-tokens.ts";
import type { Hit } from "./read-conversation.ts";
import { termWeights } from "./term-weights.ts";

/** Less than this is a page that shares a common word or two with the question: read only while there are too few. */
const leastScore = 0.5;

/**
 * The hits worth reading: for each query the one that fits it best, then those that cover most of the question. A title that is what was
 * searched for is the page about it. Addresses already visited and second copies of one text are left out.
 */
export function chooseHits(
  question: string,
  hits: readonly Hit[],
  options: { visited: readonly string[]; fewest: number; most: number },
): Hit[] {
  const fresh = firstPerUrl(hits.filter((hit) => !options.visited.includes(hit.url)));
  const weights = termWeights(question);
  const scored = fresh.map((hit) => ({ hit, score: coverage(hit, weights) + titleFit(hit) + 0.3 / (hit.rank + 1) }));
  scored.sort((one, other) => other.score - one.score);
  const chosen: Hit[] = [];
  const texts = new Set<string>();
  const take = ({ hit, score }: { hit: Hit; score: number }) => {
    const text = hit.snippet.slice(0, 160) || hit.url;
    if (chosen.length >= options.fewest && score < leastScore) return;
    if (chosen.length >= options.most || chosen.includes(hit) || texts.has(text)) return;
    chosen.push(hit);
    texts.add(text);
  };
  for (const query of new Set(fresh.map((hit) => hit.query))) {
    const best = scored.find(({ hit }) => hit.query === query && (titleFit(hit) > 0.5 || hit.rank === 0));
    if (best) take(best);
  }
  for (const each of scored) take(each);
  return chosen;
}

/** One entry an address: the one with the best place. */
function firstPerUrl(hits: readonly Hit[]): Hit[] {
  const best = new Map<string, Hit>();
  for (const hit of hits) {
    const known = best.get(hit.url);
    if (!known || titleFit(hit) > titleFit(known) || (titleFit(hit) === titleFit(known) && hit.rank < known.rank)) best.set(hit.url, hit);
  }
  return [...best.values()];
}

function coverage(hit: Hit, weights: ReadonlyMap<string, number>): number {
  const tokens = new Set(searchTokens(`${hit.title} ${hit.snippet}`));
  let covered = 0;
  let total = 0;
  for (const [token, weight] of weights) {
    total += weight;
    if (tokens.has(token)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}

/** How far the title and the query are the same words, what a title says in brackets aside. */
function titleFit(hit: Hit): number {
  const title = new Set(searchTokens(hit.title.replace(/\s*[（(][^)）]*[)）]\s*$/, "")));
  const query = new Set(searchTokens(hit.query));
  const shared = [...title].filter((token) => query.has(token)).length;
  return shared === 0 ? 0 : shared / new Set([...title, ...query]).size;
}
