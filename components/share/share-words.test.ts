import { expect, test } from "vitest";
import { endsIn, openedWords, privateWords } from "./share-words.ts";

const source = (url: string, title: string) => ({ id: "s", n: 1, url, title, site: "", hash: "", status: 200, fetchedAt: "" });
const web = source("https://example.org/", "Web");
const file = source("attachment:///1/accounts.pdf", "accounts.pdf");
const page = source("https://wiki.corp/deals", "Wiki");
const document = source("corpus://notes.md", "Notes");

test("a report of web pages warns of nothing", () => expect(privateWords({ sources: [web], readOnly: [web] }, "trace")).toBeNull());

test("of what was read and not cited the title is named, which shows under every link", () => {
  expect(privateWords({ sources: [web], readOnly: [file] }, "report")).toBe(
    "“accounts.pdf” was read and not cited: only the title will show.",
  );
  expect(privateWords({ sources: [document], readOnly: [file, page] }, "report")).toBe(
    "“Notes” is a file or document of yours. Its passages will be readable by anyone who has the link. “accounts.pdf” and “Wiki” were read and not cited: only the titles will show.",
  );
});

test("a page of the own network is named too", () => {
  expect(privateWords({ sources: [web, page], readOnly: [file] }, "sources")).toBe(
    "“accounts.pdf” is a file or document of yours. Its whole text will be readable by anyone who has the link. “Wiki” is a page of your own network. Its whole text will be readable by anyone who has the link.",
  );
});

test("what is the viewer's own is named, and how much of it is shown", () => {
  expect(privateWords({ sources: [web, file], readOnly: [] }, "report")).toBe(
    "“accounts.pdf” is a file or document of yours. Its passages will be readable by anyone who has the link.",
  );
  expect(privateWords({ sources: [file], readOnly: [document] }, "sources")).toBe(
    "“accounts.pdf” and “Notes” are files or documents of yours. Their whole text will be readable by anyone who has the link.",
  );
  expect(privateWords({ sources: Array.from({ length: 5 }, () => file), readOnly: [] }, "trace")).toContain(
    "“accounts.pdf”, “accounts.pdf” and 3 more are",
  );
});

test("how long a link lasts", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  expect(endsIn("2026-12-22T12:00:00Z", now)).toBe("ends in 30 days");
  expect(endsIn("2026-11-23T12:00:00Z", now)).toBe("ends in 24 h");
  expect(endsIn("2026-11-22T12:20:00Z", now)).toBe("ends within the hour");
});

test("how often it was opened", () => {
  expect([0, 1, 1200].map((views) => openedWords({ views }))).toEqual(["never opened", "opened 1 time", "opened 1,200 times"]);
});
