import { expect, test } from "vitest";
import { acceptsZstd } from "./accepts-zstd.ts";

test.each([
  ["gzip, deflate, br, zstd", true],
  ["gzip;q=1.0, zstd;q=0.5", true],
  ["ZSTD", true],
  ["zstd;q=0", false],
  ["zstd; q=0.00", false],
  ["gzip, deflate, br", false],
  ["xzstd, zstd2", false],
  ["*", false],
  ["", false],
])("accept-encoding %s: %s", (header, expected) => {
  expect(acceptsZstd(new Request("http://localhost", { headers: { "accept-encoding": header } }))).toBe(expected);
});
