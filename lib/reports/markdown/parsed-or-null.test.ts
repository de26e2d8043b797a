import { expect, test } from "vitest";
import { parsedOrNull } from "./parsed-or-null.ts";

const endless = (text: string): unknown => [endless(text)];

test("what no stack is deep enough for is null", () => expect(parsedOrNull({ parse: endless }, "- - -")).toBeNull());

test("any other failure is told", () => {
  const broken = {
    parse() {
      throw new TypeError("no");
    },
  };
  expect(() => parsedOrNull(broken, "")).toThrow(TypeError);
});
