/** What an address of the web is made of in running text; brackets only in pairs. */
const address = /https?:\/\/(?:[^\s"'<>()[\]{}|\\^`“”‘’«»「」『』（）【】《》，。；：！？、]|\([^\s"'<>()]*\))+/giu;
/** A sentence's end, and Markdown's emphasis, are no part of it. */
const trailing = /[.,;:!?*_~]+$/;
/** Markdown writes `a\_b` for `a_b`. */
const escaped = /\\([_*~()[\]#&.!-])/g;

/** The addresses that a text holds, each as long as it goes and never a beginning of it, in one spelling (see `oneAddress`). */
export function addressesIn(text: string): string[] {
  return [...text.replace(escaped, "$1").matchAll(address)].flatMap(([found]) => oneAddress(found.replace(trailing, "")) ?? []);
}

/**
 * One spelling for an address, so that two that lead to the same page of a site are equal: as the URL standard writes it, without a
 * fragment and a slash at the end. Null for what is none.
 */
export function oneAddress(text: string): string | null {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.hash = "";
  return url.href.replace(/\/$/, "");
}
