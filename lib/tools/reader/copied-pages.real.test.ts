import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sentences } from "#lib/std/sentences.ts";
import { isCopy, likeness, sketchOf } from "#lib/std/sketch.ts";
import { readDocument } from "./read-document.ts";

const folder = process.env.REAL_DATA;

/**
 * Real pages as our reader gives them against what syndication makes of them: other navigation around them, the end cut off, another dateline, links
 * and headings gone, sentences left out, all of it together; and each page against every other page. The gold article of a page is one more copy.
 */
test.skipIf(!folder)(
  "copies of real pages are told from other pages",
  () => {
    const pages = [...articles(), ...readabilityPages(), ...chinesePages()].filter(({ text }) => text.length > 1_000);
    const sketches = pages.map(({ text }) => sketchOf(text));
    const counts = new Map<string, { all: number; found: number; lowest: number[] }>();
    for (const [index, page] of pages.entries()) {
      const other = pages[(index + 1) % pages.length]?.text ?? "";
      for (const [kind, text] of Object.entries(copiesOf(page, other))) {
        const count = counts.get(kind) ?? { all: 0, found: 0, lowest: [] };
        counts.set(kind, count);
        const [one, two] = [sketches[index] ?? new Uint8Array(), sketchOf(text)];
        count.all++;
        count.lowest.push(likeness(one, two).contained);
        if (isCopy(one, two)) count.found++;
      }
    }
    const wrong: string[] = [];
    let pairs = 0;
    for (const [one, first] of pages.entries()) {
      for (let two = one + 1; two < pages.length; two++) {
        pairs++;
        const [a, b] = [sketches[one] ?? new Uint8Array(), sketches[two] ?? new Uint8Array()];
        if (isCopy(a, b)) wrong.push(`${first.name} and ${pages[two]?.name}: ${JSON.stringify(likeness(a, b))}`);
      }
    }
    const [all, found] = [...counts.values()].reduce(([sum, hits], each) => [sum + each.all, hits + each.found], [0, 0]);
    const recall = found / all;
    const precision = found / (found + wrong.length);
    const rows = [...counts].map(
      ([kind, each]) => `  ${kind}: ${each.found} of ${each.all}, contained ${Math.min(...each.lowest).toFixed(2)} at least`,
    );
    process.stdout.write(
      `\n${pages.length} pages; recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)} (${wrong.length} of ${pairs} pairs of different pages)\n${rows.join("\n")}\n${wrong.join("\n")}\n`,
    );
    expect(recall).toBeGreaterThan(0.95);
    expect(precision).toBeGreaterThan(0.99);
  },
  300_000,
);

test.skipIf(!folder)("a sketch costs milliseconds", () => {
  const text = articles()
    .map((page) => page.text)
    .join("\n");
  for (const size of [50_000, 1_000_000]) {
    const page = text.repeat(Math.ceil(size / text.length)).slice(0, size);
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now();
      sketchOf(page);
      return performance.now() - start;
    }).toSorted((one, other) => one - other);
    process.stdout.write(`${size} characters: ${times[4]?.toFixed(1)} ms\n`);
    expect(sketchOf(page).byteLength).toBe(1_028);
  }
});

interface Page {
  name: string;
  text: string;
  gold?: string;
}

function copiesOf({ text, gold }: Page, other: string): Record<string, string> {
  const units = sentences(text).map(({ start, end }) => text.slice(start, end));
  const around = (inner: string) => `${other.slice(0, 700)}\n\n${inner}\n\nMore stories\n\n${other.slice(-900)}`;
  const cut = units.slice(0, Math.ceil(units.length * 0.7)).join("\n");
  const dated = `LONDON, March 3 (Agency) -- ${text.replace(/\b(?:19|20)\d{2}\b/g, "2019").replace(/\b\d{1,2}:\d{2}\b/g, "09:15")}`;
  const plain = text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^#.*$|^[-*] .*$/gm, "")
    .replace(/[*_`>]/g, "");
  const thinned = units.filter((_, index) => index % 8 !== 5).join(" ");
  return {
    "other navigation": around(text),
    "cut end": cut,
    "other dateline": dated,
    "print version": plain,
    "sentences left out": thinned,
    "all of it": around(
      `LONDON, March 3 -- ${units
        .slice(0, Math.ceil(units.length * 0.85))
        .filter((_, index) => index % 12 !== 5)
        .join(" ")}`,
    ),
    ...(gold && gold.length > text.length * 0.5 && gold.length < text.length * 1.5 && { "gold article": gold }),
  };
}

const read = (html: Buffer, url: string) => {
  const page = readDocument({ bytes: html, contentType: "text/html; charset=utf-8", url, simply: false });
  return page.ok ? page.text : "";
};

function articles(): Page[] {
  const from = join(folder ?? "", "article-extraction");
  const gold: Record<string, { articleBody: string; url?: string }> = JSON.parse(readFileSync(join(from, "ground-truth.json"), "utf8"));
  return Object.entries(gold).map(([id, { articleBody, url }]) => ({
    name: url ?? id,
    text: read(gunzipSync(readFileSync(join(from, "html", `${id}.html.gz`))), url ?? "https://example.org/"),
    gold: articleBody,
  }));
}

function readabilityPages(): Page[] {
  const from = join(folder ?? "", "readability-pages/test/test-pages");
  return readdirSync(from).map((name) => ({ name, text: read(readFileSync(join(from, name, "source.html")), `https://${name}.example/`) }));
}

/** Chinese articles, a paragraph after the other. */
function chinesePages(): Page[] {
  const paragraphs = readFileSync(join(folder ?? "", "qa-offline/xquad-zh/corpus.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line): { title: string; text: string } => JSON.parse(line));
  return [...Map.groupBy(paragraphs, ({ title }) => title)].map(([name, own]) => ({
    name,
    text: own.map(({ text }) => text).join("\n\n"),
  }));
}
