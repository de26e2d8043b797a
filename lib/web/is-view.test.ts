import { expect, test } from "vitest";
import { isView } from "./is-view.ts";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const viewed = (headers: Record<string, string>, method = "GET") =>
  isView(new Request("http://127.0.0.1/shared/x", { method, headers: { "user-agent": firefox, ...headers } }));

test("a browser that opens the page views it", () => {
  expect(viewed({})).toBe(true);
  expect(viewed({ "sec-fetch-dest": "document" })).toBe(true);
});

test.each<[string, Record<string, string>]>([
  ["a prefetch", { "sec-purpose": "prefetch" }],
  ["a prerendering", { "sec-purpose": "prefetch;prerender" }],
  ["a preview of old", { purpose: "preview" }],
  ["a frame", { "sec-fetch-dest": "iframe" }],
  ["a search engine", { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }],
  ["a chat that shows a preview", { "user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" }],
  ["a script", { "user-agent": "curl/8.1" }],
])("%s is no view", (_, headers) => expect(viewed(headers)).toBe(false));

test("a question for the headers is no view", () => expect(viewed({}, "HEAD")).toBe(false));
