/** A copy of a JSON value that Postgres can hold: no NUL and no lone surrogate in any text. A page or a model may send either. */
export function storable<T>(value: T): T {
  const json = JSON.stringify(value);
  // JSON.stringify writes both as escapes; most values have neither, and need not be taken apart.
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return JSON.parse(json) as T;
  return JSON.parse(json, (_, part: unknown) => (typeof part === "string" ? storableText(part) : part)) as T;
}

/** The same for one text. */
export const storableText = (text: string) => text.replaceAll("\0", "").toWellFormed();
