import { Parser } from "htmlparser2";
import { oneLine } from "#lib/std/one-line.ts";

/** The text of a small piece of HTML (a search snippet): tags gone, entities resolved, white space single. */
export function plainText(html: string): string {
  let text = "";
  const parser = new Parser({
    ontext(part) {
      text += part;
    },
  });
  parser.write(html);
  parser.end();
  return oneLine(text);
}
