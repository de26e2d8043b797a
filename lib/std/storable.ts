/** A copy of a JSON value that Postgres can hold: no NUL and no lone surrogate in any text. A page or a model may send either. */
export const storable = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === "string" ? storableText(part) : part)) as T;

/** The same for one text. */
export const storableText = (text: string) => text.replaceAll("\0", "").toWellFormed();
