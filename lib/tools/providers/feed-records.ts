import { Parser } from "htmlparser2";
import { oneLine } from "#lib/std/one-line.ts";

/** One entry of a feed (Atom, RSS). */
export interface FeedRecord {
  /** The text of its first element at a path below it (`title`, `book/title`), white space single; empty when there is none. */
  text(path: string): string;
  /** The texts of all its elements at a path (`author/name`). */
  texts(path: string): string[];
  /** The attributes of its links. */
  links: Record<string, string>[];
}

/** No feed has what we look for further down; the text of what lies there belongs to the element around it. */
const deepest = 4;

/** The elements called `element` of a feed, in order. What is no feed has none. Takes time in proportion to the text, whatever it is. */
export function feedRecords(xml: string, element: "entry" | "item"): FeedRecord[] {
  const records: FeedRecord[] = [];
  const open: { path: string; text: string }[] = [];
  let found = new Map<string, string[]>();
  let links: Record<string, string>[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const parent = open.at(-1);
        if (parent) {
          if (name === "link") links.push(attributes);
          const isFar = open.length > deepest;
          open.push({ path: isFar ? "" : parent.path ? `${parent.path}/${name}` : name, text: "" });
        } else if (name === element) {
          [found, links] = [new Map(), []];
          open.push({ path: "", text: "" });
        }
      },
      ontext(part) {
        const current = open.at(-1);
        if (current) current.text += part;
      },
      onclosetag() {
        const closed = open.pop();
        const parent = open.at(-1);
        if (!closed) return;
        if (!parent) return void records.push(recordOf(found, links));
        parent.text += closed.text;
        const texts = found.get(closed.path) ?? [];
        texts.push(closed.text);
        if (closed.path) found.set(closed.path, texts);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return records;
}

function recordOf(found: ReadonlyMap<string, string[]>, links: Record<string, string>[]): FeedRecord {
  const texts = (path: string) => (found.get(path) ?? []).map(oneLine);
  return { text: (path) => texts(path)[0] ?? "", texts, links };
}
