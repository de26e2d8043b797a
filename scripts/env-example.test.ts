import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseEnv } from "#lib/env.ts";

const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
const listed = [...text.matchAll(/^# ([A-Z_]+)=(.*)$/gm)];

test("the example names every setting there is, and no other", () => {
  const source = readFileSync(new URL("../lib/env.ts", import.meta.url), "utf8");
  const known = [...source.matchAll(/^ {4}([A-Z][A-Z_]+): /gm)].map((match) => match[1]);
  expect(known.length).toBeGreaterThan(10);
  expect(listed.map((match) => match[1]).sort()).toEqual(known.sort());
});

test("the example's values can be used as they stand", () => {
  expect(parseEnv(Object.fromEntries(listed.map(([, name, value]) => [name, value])))).toMatchObject({ ok: true });
});
