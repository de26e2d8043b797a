/**
 * Tree builders make a text node of its own for every entity, and extractors are quadratic in text nodes: a listing with 100,000
 * `&lt;` took 7 s. So `&` and `<` travel through them as two code points that Unicode promises never to assign.
 */
const ampersand = "\ufdd0";
const lessThan = "\ufdd1";

export const entityMarks = {
  /** Text to put into HTML. */
  of: (text: string) => text.replaceAll("&", ampersand).replaceAll("<", lessThan),
  toHtml: (html: string) => html.replaceAll(ampersand, "&amp;").replaceAll(lessThan, "&lt;"),
  toText: (text: string) => text.replaceAll(ampersand, "&").replaceAll(lessThan, "<"),
};
