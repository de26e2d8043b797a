/** Whole strings of JSON that are a token of a bundle or an id of ours. A quote inside of a string has a backslash before it. */
const wholeName = /(?<!\\)"(dossier:[a-z]{1,10}(?::\d{1,6})?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g;

/** Puts one name in the place of another in a value that was made from JSON, where a whole string is that name. */
export function swapIds<T>(value: T, names: ReadonlyMap<string, string>): T {
  return JSON.parse(swapInText(JSON.stringify(value), names)) as T;
}

/** The same in a text of JSON. A name inside of a longer text is somebody's words, and stays. */
export const swapInText = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replace(wholeName, (whole, name: string) => {
    const other = names.get(name);
    return other === undefined ? whole : `"${other}"`;
  });
