import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tokens } from "./tokens.ts";

test("the document's tokens are the application's", () => {
  const css = readFileSync(new URL("../../../app/styles/tokens.css", import.meta.url), "utf8");
  const declared = Object.fromEntries([...css.matchAll(/--([\w-]+): (light-dark\([^;]*\));/g)].map(([, name, value]) => [name, value]));
  for (const [name, value] of Object.entries(tokens)) expect(declared[name], name).toBe(value);
});
