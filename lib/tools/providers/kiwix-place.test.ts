import { expect, test } from "vitest";
import { kiwixPlace, rawPath } from "./kiwix-place.ts";
import { wikipediaArticle, wikipediaUrl } from "./wikipedia-address.ts";

const base = "http://books.example:8090/kiwix";

test.each([
  ["/kiwix/pg/sql-vacuum.html", { book: "pg", path: "sql-vacuum.html" }],
  ["/kiwix/content/pg/a/b%20c%3F", { book: "pg", path: "a/b c?" }],
  ["/kiwix/raw/pg/content/100%25", { book: "pg", path: "100%" }],
  ["http://books.example:8090/kiwix/pg", { book: "pg", path: "" }],
  ["/kiwix/pg/100%", { book: "pg", path: "100%" }],
  ["/kiwix/raw/pg/meta/Title", null],
  ["/kiwix/search?pattern=x", null],
  ["/kiwix/pg/..%2f..%2fcatalog", null],
  ["/pg/x", null],
  ["http://books.example/kiwix/pg/x", null],
  ["https://en.wikipedia.org/wiki/X", null],
  ["", null],
])("%s", (address, place) => {
  expect(kiwixPlace(address, base)).toEqual(place);
});

test("a place leads back to where it came from, whatever signs it has", () => {
  for (const path of ["AC/DC", "What?", "100% & more", "#1", "日本", "a b+c"]) {
    const place = { book: "a book", path };
    expect(kiwixPlace(`/kiwix/${rawPath(place)}`, base)).toEqual(place);
  }
});

test("wikipedia: an address is written as Wikipedia writes it", () => {
  const title = "AC/DC: What's $1 @ home, Łódź? (a; b)";
  expect(wikipediaUrl({ language: "pl", title })).toBe(
    "https://pl.wikipedia.org/wiki/AC/DC:_What's_$1_@_home,_%C5%81%C3%B3d%C5%BA%3F_(a;_b)",
  );
});

test.each(["Brooklyn_Bridge", "AC/DC", "C++", "What's_Up?", "Łódź", "100%", "A:B,_C;D!"])("wikipedia: %s", (title) => {
  const article = { language: "en", title };
  expect(wikipediaArticle(wikipediaUrl(article))).toEqual(article);
});
