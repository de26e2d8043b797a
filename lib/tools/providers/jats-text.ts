import { Parser } from "htmlparser2";
import { oneLine } from "#lib/std/one-line.ts";

/** Elements of a line; every other one stands for itself and is set off by a space. */
const inline = new Set([
  "italic",
  "bold",
  "sub",
  "sup",
  "sc",
  "i",
  "b",
  "em",
  "strong",
  "xref",
  "ext-link",
  "monospace",
  "underline",
  "inline-formula",
]);

/** The text of an abstract in JATS, the XML of publishers (`<jats:p>…</jats:p>`), without its heading. */
export function jatsText(abstract: string): string {
  let text = "";
  let headings = 0;
  const space = (name: string) => {
    if (!inline.has(name.replace(/^jats:/, ""))) text += " ";
  };
  const isHeading = (name: string) => /^(jats:)?title$/.test(name);
  const parser = new Parser(
    {
      onopentag(name) {
        if (isHeading(name)) headings++;
        space(name);
      },
      ontext(part) {
        if (headings === 0) text += part;
      },
      onclosetag(name) {
        if (isHeading(name)) headings--;
        space(name);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(abstract);
  return oneLine(text);
}
