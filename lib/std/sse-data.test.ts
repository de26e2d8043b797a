import fc from "fast-check";
import { expect, test } from "vitest";
import { sseParser } from "./sse-data.ts";

function parse(portions: Uint8Array[]): string[] {
  const parser = sseParser();
  return [...portions.flatMap((portion) => parser.push(portion)), ...parser.end()];
}
const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["one event", "data: a\n\n", ["a"]],
  ["no space after the colon", "data:a\n\n", ["a"]],
  ["only one space is taken off", "data:  a\n\n", [" a"]],
  ["several lines of one event", "data: a\ndata: b\n\ndata: c\n\n", ["a\nb", "c"]],
  ["\\r\\n and \\r", "data: a\r\n\r\ndata: b\r\rdata: c\n\n", ["a", "b", "c"]],
  ["comments, names, ids", ": hi\nevent: message\nid: 7\nretry: 10\ndata: a\n\n", ["a"]],
  ["an event whose end was not sent", "data: a\n\ndata: b", ["a", "b"]],
  ["empty lines between", "\n\n\ndata: a\n\n\n\n", ["a"]],
])("%s", (_, text, data) => {
  expect(parse([bytes(text)])).toEqual(data);
});

test("any portions give the same, also inside a character", () => {
  const whole = bytes('data: {"a":"漢字 é 🎉"}\r\n\r\n: note\ndata: b\ndata: c\n\ndata: [DONE]\n\n');
  const expected = parse([whole]);
  for (let cut = 0; cut <= whole.length; cut++) expect(parse([whole.slice(0, cut), whole.slice(cut)])).toEqual(expected);
  expect(parse(Array.from(whole, (byte) => Uint8Array.of(byte)))).toEqual(expected);
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
      expect(parse(at.slice(1).map((end, index) => whole.slice(at[index], end)))).toEqual(expected);
    }),
  );
});

test("something that is no event stream is told apart", () => {
  expect(() => parse([bytes("<!doctype html>\n")])).toThrow(
    expect.objectContaining({ name: "NotAnEventStream", message: "<!doctype html>" }),
  );
  expect(() => parse([bytes("x".repeat(1_000_001))])).toThrow(expect.objectContaining({ name: "LineTooLong" }));
});
