import type { Sql } from "postgres";
import { corpusStatistics, rankCorpus, type WeightedTerm } from "#db/queries/corpus-search.ts";
import { searchTokens } from "#lib/std/search-tokens.ts";
import { bestPassage } from "./best-passage.ts";

export interface CorpusHit {
  title: string;
  url: string;
  snippet: string;
  score: number;
}

/** A question may be long; its rarest terms say what it is about, and each further one costs a look into every candidate. */
const mostTerms = 32;
/** Documents looked into at most: about 40 ms of work for Postgres. */
const candidateBudget = 2_500;
const snippetLength = 320;

/** The documents of the corpus that answer a query best, by BM25 over the whole corpus, each with its best passage. */
export async function searchCorpus(sql: Sql, query: string, limit = 10): Promise<CorpusHit[]> {
  const asked = [...new Set(searchTokens(query))];
  if (asked.length === 0) return [];
  const { documents, tokens, frequencies } = await corpusStatistics(sql, asked);
  const idf = (term: string) => Math.log(1 + (documents - (frequencies.get(term) ?? 0) + 0.5) / ((frequencies.get(term) ?? 0) + 0.5));
  const terms = asked
    .filter((term) => frequencies.has(term))
    .map((term) => ({ term, idf: idf(term), documents: frequencies.get(term) ?? 0 }))
    .sort((one, other) => one.documents - other.documents)
    .slice(0, mostTerms);
  if (terms.length === 0) return [];
  const ranked = await rankCorpus(sql, {
    terms,
    groups: candidateGroups(terms),
    averageLength: Math.max(1, tokens / documents),
    candidates: candidateBudget,
    limit,
  });
  const weights = new Map(terms.map(({ term, idf }: WeightedTerm) => [term, idf]));
  return ranked.map(({ title, url, text, score }) => {
    const { start, end } = bestPassage(text, { weights, maxLength: snippetLength });
    return { title, url, score, snippet: text.slice(start, end).replace(/\s+/g, " ") };
  });
}

/**
 * Which documents are looked at: those with any of the rarest terms, as many terms as the budget takes. Where even the rarest term is
 * in more documents than that, only documents that have it together with another one.
 */
function candidateGroups(terms: { term: string; documents: number }[]): string[][] {
  const [rarest, ...others] = terms;
  if (!rarest) return [];
  if (rarest.documents > candidateBudget && others.length > 0) return others.slice(0, 3).map(({ term }) => [rarest.term, term]);
  let left = candidateBudget;
  const groups: string[][] = [];
  for (const { term, documents } of terms) {
    left -= documents;
    if (left < 0 && groups.length > 0) break;
    groups.push([term]);
  }
  return groups;
}
