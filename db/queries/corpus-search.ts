import type { Sql } from "postgres";
import { quoteLexeme } from "#lib/std/to-tsvector.ts";

/** A term of a query with what its occurrence is worth. */
export interface WeightedTerm {
  term: string;
  idf: number;
}

export interface RankedDocument {
  url: string;
  title: string;
  text: string;
  score: number;
}

// BM25 as usual: how fast repeats stop counting, and how much length counts.
const k1 = 1.2;
const b = 0.75;
/** Documents whose exact score is computed; the rest lost already by which terms they have. */
const finalists = 100;
/** Of a long document only this much is read to find the passage to show. */
const shownCharacters = 200_000;

/** Size of the corpus, and in how many of its documents each term occurs. Terms that occur nowhere are missing. */
export async function corpusStatistics(sql: Sql, terms: string[]) {
  const [totals] = await sql<{ documents: number; tokens: number }[]>`
    select coalesce(sum(documents), 0)::float8 as documents, coalesce(sum(tokens), 0)::float8 as tokens from corpus_files`;
  const rows = await sql<{ term: string; documents: number }[]>`select term, documents from corpus_terms where term = any(${terms})`;
  return {
    documents: totals?.documents ?? 0,
    tokens: totals?.tokens ?? 0,
    frequencies: new Map(rows.map((row) => [row.term, row.documents])),
  };
}

export interface RankRequest {
  /** All terms that count for the score. */
  terms: WeightedTerm[];
  /** Documents must have all terms of at least one of these groups. */
  groups: string[][];
  averageLength: number;
  /** At most so many documents are looked at. */
  candidates: number;
  limit: number;
}

/**
 * The best documents by BM25. In two steps, because opening a tsvector is what costs: which of the terms a document has picks the
 * finalists, how often it has them (its whole tsvector unnested) ranks those. `strip` makes one copy a document in memory; without it
 * every term fetched the stored vector anew, three times the whole.
 */
export async function rankCorpus(sql: Sql, request: RankRequest): Promise<RankedDocument[]> {
  const presence = request.terms
    .map(({ term, idf }) => sql`case when words @@ ${quoteLexeme(term)}::tsquery then ${idf}::float8 else 0 end`)
    .reduce((sum, next) => sql`${sum} + ${next}`);
  const candidates = request.groups.map((group) => `(${group.map(quoteLexeme).join(" & ")})`).join(" | ");
  return sql<RankedDocument[]>`
    with candidates as materialized (
      select id, path, line, length, strip(search) as words from corpus_documents where search @@ ${candidates}::tsquery limit ${request.candidates}
    ), finalists as materialized (
      select id from candidates order by ${presence} desc, length, path, line limit ${finalists}
    ), scores as (
      select document.id, sum(
        query.idf * cardinality(lexeme.positions) * ${k1 + 1}::float8
          / (cardinality(lexeme.positions) + ${k1}::float8 * (${1 - b}::float8 + ${b}::float8 * length / ${request.averageLength}::float8))
      ) as score
      from finalists join corpus_documents as document using (id), unnest(document.search) as lexeme
      join unnest(${request.terms.map(({ term }) => term)}::text[], ${request.terms.map(({ idf }) => idf)}::float8[]) as query (term, idf)
        on query.term = lexeme.lexeme
      group by document.id
      order by score desc, document.path, document.line limit ${request.limit}
    )
    select url, title, left(text, ${shownCharacters}) as text, score
    from scores join corpus_documents using (id) order by score desc, path, line`;
}
