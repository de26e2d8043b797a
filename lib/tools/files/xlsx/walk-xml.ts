import { Parser } from "htmlparser2";

export interface XmlEvents {
  /** Names come without their prefix. */
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const sliceCharacters = 65_536;

/** One linear pass over an XML part. Declared entities are never expanded and nothing outside of the text is opened. */
export function walkXml(xml: string, events: XmlEvents): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => events.open?.(withoutPrefix(name), attributes),
      ontext: (text) => events.text?.(text),
      onclosetag: (name) => events.close?.(withoutPrefix(name)),
    },
    { xmlMode: true },
  );
  for (let start = 0; start < xml.length; start += sliceCharacters) parser.write(xml.slice(start, start + sliceCharacters));
  parser.end();
}

const withoutPrefix = (name: string) => name.slice(name.indexOf(":") + 1);
