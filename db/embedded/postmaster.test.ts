import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { postmasterOf } from "./postmaster.ts";

const folder = mkdtempSync(join(tmpdir(), "postmaster "));
afterAll(() => rmSync(folder, { recursive: true }));

test("without a server there is nothing to read", () => {
  expect(postmasterOf(folder)).toBeUndefined();
});

test.each([
  [
    "a running server's",
    "19058\n/tmp/my clone/.data/pg18\n1795489680\n40971\n\n127.0.0.1\n  1234 5\nready   \n",
    { pid: 19_058, port: 40_971 },
  ],
  ["one whose server is only starting", "19058\n/tmp/my clone/.data/pg18\n1795489680\n", undefined],
  ["an empty one, left by a full disk", "", undefined],
  ["one of a server without TCP", "19058\n/data\n1795489680\n\n/tmp\n", undefined],
])("%s postmaster.pid", (_, text, expected) => {
  writeFileSync(join(folder, "postmaster.pid"), text);
  expect(postmasterOf(folder)).toEqual(expected);
});
