import { type FakeService, type ServiceReply, startFakeService } from "./fake-service.ts";

export interface FakeBook {
  /** The name of its file, which its addresses have. */
  file: string;
  /** The name in its metadata. */
  name: string;
  language: string;
  /** By path; a text that is an arrow and a path (`→ Other`) redirects there. */
  articles: Record<string, { title: string; text: string }>;
  isIndexed?: boolean;
}

interface Options {
  books: FakeBook[];
  /** As kiwix-tools writes addresses from 3.4 on: `/content/<book>/<path>`. */
  isNew?: boolean;
  /** Below which path it is served: `/kiwix`. */
  root?: string;
}

/** A kiwix-serve: its words have to stand in an article, all of them or with OR any of them. */
export function startFakeKiwix({ books, isNew = false, root = "" }: Options): Promise<FakeService> {
  const link = (book: FakeBook, path: string) =>
    `${root}${isNew ? "/content" : ""}/${book.file}${path && `/${path.split("/").map(encodeURIComponent).join("/")}`}`;
  return startFakeService(({ path, parameters }) => {
    const [first, ...rest] = path
      .slice(root.length + 1)
      .split("/")
      .map(decodeURIComponent);
    if (first === "catalog") return { type: "application/atom+xml", text: catalogOf(books, link) };
    if (first === "search") return search(books, parameters, link);
    if (first === "suggest") return suggest(books, parameters);
    if (first === "raw") return raw(books, rest, link);
    return pageFor(books, first === "content" ? rest : [first ?? "", ...rest]);
  });
}

type Link = (book: FakeBook, path: string) => string;
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const catalogOf = (books: readonly FakeBook[], link: Link) => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>All Entries</title>
${books
  .map(
    (book) => `<entry><id>urn:uuid:1</id><title>${escaped(book.file)}</title><language>${book.language}</language><name>${book.name}</name>
<tags>_ftindex:${book.isIndexed === false ? "no" : "yes"};_pictures:yes</tags>
<link rel="http://opds-spec.org/image/thumbnail" href="/catalog/v2/illustration/x/?size=48" type="image/png"/>
<link type="text/html" href="${link(book, "")}" /><author><name>somebody</name></author></entry>`,
  )
  .join("\n")}
</feed>`;

function search(books: readonly FakeBook[], parameters: URLSearchParams, link: Link): ServiceReply {
  const pattern = parameters.get("pattern") ?? "";
  const asked = parameters.getAll("books.name").map((file) => books.find((book) => book.file === file));
  const languages = new Set(asked.map((book) => book?.language));
  if (!pattern || asked.includes(undefined) || languages.size > 1)
    return { status: 400, type: "text/xml", text: "<error>Invalid request</error>" };
  const isAny = / OR /.test(pattern);
  const words = pattern.toLowerCase().split(isAny ? / or / : /\s+/);
  const items = asked.flatMap((book) =>
    Object.entries(book?.articles ?? {}).flatMap(([path, { title, text }]) => {
      const all = `${title} ${text}`.toLowerCase();
      const has = isAny ? words.some((word) => all.includes(word)) : words.every((word) => all.includes(word));
      if (!book || text.startsWith("→") || !has || book.isIndexed === false) return [];
      return `<item><title>${escaped(title)}</title><link>${link(book, path)}</link><description>...<b>${escaped(text)}</b>...</description>
<book><title>${escaped(book.file)}</title></book><wordCount>12</wordCount></item>`;
    }),
  );
  return {
    type: "application/rss+xml",
    text: `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Search: ${escaped(pattern)}</title><link>/search</link>${items.slice(0, 10).join("\n")}</channel></rss>`,
  };
}

function suggest(books: readonly FakeBook[], parameters: URLSearchParams): ServiceReply {
  const book = books.find(({ file }) => file === parameters.get("content"));
  const term = (parameters.get("term") ?? "").toLowerCase();
  const found = Object.entries(book?.articles ?? {}).filter(([, { title }]) => title.toLowerCase().includes(term));
  const titles = found.map(([path, { title }]) => ({ value: escaped(title), label: `<b>${escaped(title)}</b>`, kind: "path", path }));
  return { json: [...titles, { value: `${term} `, label: `containing '${term}'...`, kind: "pattern" }] };
}

function raw(books: readonly FakeBook[], [file, content, ...path]: string[], link: Link): ServiceReply {
  const book = books.find((each) => each.file === file);
  const article = book?.articles[path.join("/")];
  if (!book || content !== "content" || !article) return { status: 404, type: "text/html", text: "<title>Content not found</title>" };
  const target = /^→ (.*)$/.exec(article.text)?.[1];
  // What kiwix-serve does: the redirect leads out of /raw.
  if (target !== undefined) return { status: 302, headers: { location: link(book, target) }, type: "text/plain", text: "" };
  return { type: "text/html", text: htmlOf(article.title, article.text) };
}

/** The page for browsers, with the server's own bar in it. */
function pageFor(books: readonly FakeBook[], [file, ...path]: string[]): ServiceReply {
  const article = books.find((each) => each.file === file)?.articles[path.join("/")];
  if (!article) return { status: 404, type: "text/html", text: "<title>Content not found</title>" };
  return { type: "text/html", text: htmlOf(article.title, `THE BAR OF THE SERVER. ${article.text}`) };
}

const htmlOf = (title: string, text: string) =>
  `<!doctype html><html><head><title>${escaped(title)}</title></head><body><h1>${escaped(title)}</h1><p>${escaped(text)}</p></body></html>`;
