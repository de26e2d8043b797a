import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { linkLibraries } from "./link-libraries.ts";

const folder = mkdtempSync(join(tmpdir(), "link libraries "));
afterAll(() => rmSync(folder, { recursive: true }));

test("the links are relative, lead to the libraries, and a second call finds them there", () => {
  const native = join(folder, "native");
  mkdirSync(join(native, "lib"), { recursive: true });
  writeFileSync(join(native, "lib", "libpq.so.5.18"), "the library");
  const links = ["native/lib/libpq.so", "native/lib/libpq.so.5"].map((target) => ({ source: "native/lib/libpq.so.5.18", target }));
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));
  linkLibraries(native);
  linkLibraries(native);
  expect(readlinkSync(join(native, "lib", "libpq.so.5"))).toBe("libpq.so.5.18");
  expect(readFileSync(join(native, "lib", "libpq.so"), "utf8")).toBe("the library");
});
