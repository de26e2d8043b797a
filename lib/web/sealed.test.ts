import { expect, test } from "vitest";
import { seal, unseal } from "./sealed.ts";

test("only the secret opens what was sealed with it", () => {
  const sealed = seal("https://dossier.example/shared/τoken", "key 1");
  expect(sealed).not.toContain("shared");
  expect(unseal(sealed, "key 1")).toBe("https://dossier.example/shared/τoken");
  expect(() => unseal(sealed, "key 2")).toThrow();
  const changed = Buffer.from(sealed, "base64");
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(() => unseal(changed.toString("base64"), "key 1")).toThrow();
});
