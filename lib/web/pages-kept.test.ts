import { expect, test } from "vitest";
import { keepPages } from "./pages-kept.ts";

test("a page is made once, and the one that was asked for longest ago goes first", () => {
  const pages = keepPages(2);
  let made = 0;
  const ask = (key: string) => pages.page(key, () => `${key} ${++made}`);
  expect([ask("a"), ask("b"), ask("a"), ask("c"), ask("a"), ask("b")]).toEqual(["a 1", "b 2", "a 1", "c 3", "a 1", "b 4"]);
});
