import { searchTokens } from "./search-tokens.ts";
import { quoteLexeme, toTsvector } from "./to-tsvector.ts";

/** A text as the literal of a tsvector: what sessions are found by. */
export const searchVector = (text: string) => toTsvector(searchTokens(text));

/** Characters of a stored vector from which on nothing is added: Postgres refuses one over 1 MB, and with it the whole statement. */
export const mostSearchText = 400_000;

/** What somebody types into a search field as the literal of a tsquery: every word has to occur, the last one may be unfinished. Empty when there is nothing to search for. */
export function prefixQuery(text: string): string {
  const lexemes = searchTokens(text).map(quoteLexeme);
  return lexemes.map((lexeme, index) => (index === lexemes.length - 1 ? `${lexeme}:*` : lexeme)).join(" & ");
}
