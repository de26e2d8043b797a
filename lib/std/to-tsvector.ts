/** BM25 hardly tells 30 occurrences from 300, and Postgres keeps at most 256. */
const mostOccurrences = 31;
/** Postgres refuses a tsvector over 1 MB. */
const mostBytes = 900_000;

/**
 * Tokens as the text of a Postgres tsvector: each token once, with as many positions as it occurs. The positions only count;
 * they are not places. Text that would exceed what Postgres takes is left out from its end.
 */
export function toTsvector(tokens: Iterable<string>): string {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  const lexemes: string[] = [];
  let bytes = 0;
  for (const [token, count] of counts) {
    const occurrences = Math.min(count, mostOccurrences);
    bytes += Buffer.byteLength(token) + 8 + 2 * occurrences;
    if (bytes > mostBytes) break;
    lexemes.push(`${quoteLexeme(token)}:${positions[occurrences]}`);
  }
  return lexemes.join(" ");
}

/** A token as a lexeme of a tsvector or tsquery literal, so that Postgres takes it as it is. */
export const quoteLexeme = (token: string) => `'${token.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

const positions = Array.from({ length: mostOccurrences + 1 }, (_, count) =>
  Array.from({ length: count }, (_, index) => index + 1).join(","),
);
