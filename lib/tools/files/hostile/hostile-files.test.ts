import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeFile } from "#lib/tools/files/describe-file.ts";
import { readFile } from "#lib/tools/files/read-file.ts";
import { hostileOffice } from "./hostile-office.fixture.ts";
import { hostilePdfs } from "./hostile-pdf.fixture.ts";
import { hostileTexts } from "./hostile-text.fixture.ts";
import { hostileZips } from "./hostile-zip.fixture.ts";

// A loaded machine takes its time; a file that takes 30 s by itself has failed.
vi.setConfig({ testTimeout: 60_000 });

const cases = [...hostileTexts, ...hostilePdfs, ...hostileOffice, ...hostileZips];
const never = new AbortController().signal;
const allowedReasons = ["encrypted", "damaged", "too-large", "unsupported-type", "unreadable-page", "out-of-memory", "timed-out"];
let growthMegabytes = 0;
const measure = (before: number) => {
  growthMegabytes = Math.max(growthMegabytes, (process.memoryUsage.rss() - before) / 1_000_000);
};

beforeAll(async () => {
  await readFile("a.txt", Buffer.from("A first file, so that a child is there."), never);
});

test.each(cases)("$title ($name) is $expected", async ({ name, bytes: build, expected, contains, lacks }) => {
  const bytes = build();
  const before = process.memoryUsage.rss();
  const watch = setInterval(() => measure(before), 10);
  const described = await describeFile(name, bytes);
  const answer = await readFile(name, bytes, never);
  clearInterval(watch);
  measure(before);
  const text = answer.ok ? answer.text : answer.detail;
  expect([expected].flat(), text.slice(0, 200)).toContain(answer.ok ? "text" : answer.reason);
  if (contains) expect(text).toContain(contains);
  if (lacks) expect(text).not.toContain(lacks);
  // What is refused at the upload is refused for the same reason when it is read.
  if (!described.ok) expect(answer).toMatchObject(described);
  if (!answer.ok) expect(allowedReasons).toContain(answer.reason);
});

afterAll(() => {
  process.stdout.write(`\n${cases.length} hostile files; our process grew by at most ${growthMegabytes.toFixed(0)} MB over one of them\n`);
  expect(cases.length).toBeGreaterThanOrEqual(120);
  expect(growthMegabytes).toBeLessThan(60);
});
