import { hasDots } from "./kiwix-place.ts";

export interface WikipediaArticle {
  language: string;
  /** As in the address: underscores for spaces. */
  title: string;
}

/** The article an address of Wikipedia names, of its mobile pages too; null for every other address. */
export function wikipediaArticle(address: string): WikipediaArticle | null {
  const url = URL.parse(address);
  const language = /^([a-z][a-z-]*)\.(?:m\.)?wikipedia\.org$/.exec(url?.hostname ?? "")?.[1];
  const written = /^\/wiki\/(.+)$/.exec(url?.pathname ?? "")?.[1];
  if (!language || language === "www" || !written) return null;
  try {
    const title = decodeURIComponent(written).replaceAll(" ", "_");
    if (hasDots(title)) return null;
    return { language, title: title.slice(0, 1).toUpperCase() + title.slice(1) };
  } catch {
    return null;
  }
}

/** The address Wikipedia gives an article. */
export function wikipediaUrl({ language, title }: WikipediaArticle): string {
  const written = encodeURIComponent(title.replaceAll(" ", "_")).replace(/%(2F|3A|2C|3B|40|24|21|2A|28|29)/g, decodeURIComponent);
  return `https://${language}.wikipedia.org/wiki/${written}`;
}
