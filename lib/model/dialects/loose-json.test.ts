import fc from "fast-check";
import { expect, test } from "vitest";
import { looseJson } from "./loose-json.ts";

test.each<[string, unknown]>([
  ['{"a": 1}', { a: 1 }],
  ["{'a': 'b',}", { a: "b" }],
  ["{'on': True, 'off': False, 'not': None}", { on: true, off: false, not: null }],
  ["{'say': 'True is a word', \"or\": \"None\"}", { say: "True is a word", or: "None" }],
  ['{"code": "a = 1\nprint(a)"}', { code: "a = 1\nprint(a)" }],
  ["{'a': Trueish}", undefined],
  ['{"a": ', undefined],
  ["look it up", undefined],
])("reads %j", (text, value) => {
  expect(looseJson(text)).toEqual(value);
});

test("gives back what JSON says, and never throws", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(looseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void looseJson(text)));
});
