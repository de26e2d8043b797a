import { tidyTitle } from "./tidy-text.ts";

/** The last part of an address's path, as people wrote it: the name of a file. Empty for none. */
export function nameInUrl(url: string): string {
  const path = URL.parse(url)?.pathname.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return tidyTitle(decodeURIComponent(path));
  } catch {
    return path;
  }
}
