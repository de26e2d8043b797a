/** What an address of the web is made of in running text; brackets only in pairs. */
const address = /https?:\/\/(?:[^\s"<>()[\]{}|\\^`“”‘’«»「」『』（）【】《》，。；：！？、]|\([^\s"<>()]*\))+/giu;
/** A sentence's end, a quote's and Markdown's emphasis are mostly no part of it, and sometimes they are: `/wiki/Apple_Inc.` */
const trailing = /[.,;:!?*_~']+$/;
/** Markdown writes `a\_b` for `a_b`. */
const escaped = /\\([_*~()[\]#&.!-])/g;

/**
 * The addresses that a text holds, each as long as it goes and never a beginning of it, in one spelling (see `oneAddress`). Where it ends in
 * what may be the sentence's, both are given.
 */
export function addressesIn(text: string): string[] {
  const found = [...text.replace(escaped, "$1").matchAll(address)].flatMap(([whole]) => [whole.replace(trailing, ""), whole]);
  return [...new Set(found.flatMap((each) => oneAddress(each) ?? []))];
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
