import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { apiTokenOf } from "./api-token.ts";

const folder = mkdtempSync(join(tmpdir(), "token "));
afterAll(() => rmSync(folder, { recursive: true }));

test("a token is made once, in a folder that need not be there, for this account alone", () => {
  const data = join(folder, "a", "b");
  const token = apiTokenOf(data);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(apiTokenOf(data)).toBe(token);
  const path = join(data, "api-token");
  expect(readFileSync(path, "utf8")).toBe(`${token}\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  apiTokenOf(data);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a file that holds no token is refused with what to do", () => {
  writeFileSync(join(folder, "api-token"), "short\n");
  expect(() => apiTokenOf(folder)).toThrow(/api-token cannot be used \(it holds no token of 16 characters\): delete it/);
});
