const kept = new Set([
  ...["id", "class", "style", "href", "title", "lang", "dir", "role", "hidden", "aria-hidden", "itemprop", "itemtype", "property"],
  ...["content", "name", "rel", "datetime", "type", "colspan", "rowspan"],
]);
const most = 12;
const maxLength = 2_000;

/** An element's attributes as HTML, as far as extraction needs them: few, short, and links absolute. */
export function keptAttributes(name: string, attributes: Record<string, string>, base: URL | null): string {
  let text = "";
  let count = 0;
  for (const key in attributes) {
    // MediaWiki hides its formulas because an image shows them; here the image is dropped, so the formula has to be seen.
    if (key === "style" && attributes.class?.startsWith("mwe-math")) continue;
    const value = kept.has(key) ? attributeValue(name, key, attributes[key] ?? "", base) : null;
    if (value === null || value.length > maxLength) continue;
    text += ` ${key}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"`;
    if (++count === most) break;
  }
  return text;
}

function attributeValue(name: string, key: string, value: string, base: URL | null): string | null {
  if (key === "href") return name === "a" ? link(value, base) : null;
  return value;
}

/** Only addresses that can be visited; a jump within the page is no link to a reader of text. */
function link(href: string, base: URL | null): string | null {
  const url = href.startsWith("#") ? null : base ? URL.parse(href, base) : URL.parse(href);
  return url && /^(https?|mailto):$/.test(url.protocol) ? url.href : null;
}
