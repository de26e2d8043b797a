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
export const wikipediaUrl = ({ language, title }: WikipediaArticle) => `https://${language}.wikipedia.org${wikipediaPath(title)}`;

/** Where a Wikipedia, or a mirror of one, keeps an article; the signs that it leaves as they are in addresses are left so. */
export const wikipediaPath = (title: string) =>
  `/wiki/${encodeURIComponent(title.replaceAll(" ", "_")).replace(/%(2F|3A|2C|3B|40|24)/g, decodeURIComponent)}`;
