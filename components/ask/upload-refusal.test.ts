import { expect, test } from "vitest";
import { uploadRefusal } from "./upload-refusal.ts";

test.each([
  [20_000_000, { count: 19, bytes: 40_000_000 }, null],
  [20_000_001, { count: 0, bytes: 0 }, /20 MB/],
  [1, { count: 20, bytes: 20 }, /20 files/],
  [20_000_000, { count: 3, bytes: 40_000_001 }, /60 MB/],
])("%d bytes after %j", (size, before, words) => {
  if (words) expect(uploadRefusal(size, before)).toMatch(words);
  else expect(uploadRefusal(size, before)).toBeNull();
});
