/** Puts one name in the place of another, wherever it stands in a value that was made from JSON. */
export function swapIds<T>(value: T, names: ReadonlyMap<string, string>): T {
  return JSON.parse(swapInText(JSON.stringify(value), names)) as T;
}

/** The same in a text of JSON. The names are ids and tokens, which JSON writes as they are. */
export function swapInText(text: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return text;
  const any = new RegExp(
    [...names.keys()]
      .sort((one, other) => other.length - one.length)
      .map((name) => name.replace(/[^\w-]/g, "\\$&"))
      .join("|"),
    "g",
  );
  return text.replace(any, (name) => names.get(name) ?? name);
}
