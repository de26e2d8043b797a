import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";

const folder = process.env.REAL_DATA && `${process.env.REAL_DATA}/article-extraction`;

/**
 * The set's own scoring: shared runs of four words, precision and recall per page, averaged. Reference values of the same scoring on
 * the full set: readability.js .947, go-trafilatura .960. Ours is taken from the Markdown, stripped crudely, which costs half a point.
 */
test.skipIf(!folder)(
  "the article is found on real pages",
  () => {
    const gold: Record<string, { articleBody: string; url?: string }> = JSON.parse(readFileSync(`${folder}/ground-truth.json`, "utf8"));
    const scores = Object.entries(gold).map(([id, { articleBody, url }]) => {
      const bytes = gunzipSync(readFileSync(`${folder}/html/${id}.html.gz`));
      const page = readDocument({ bytes, contentType: "text/html; charset=utf-8", url: url ?? "https://example.org/", simply: false });
      return score(articleBody, page.ok ? withoutMarkdown(page.text) : "");
    });
    const precision = mean(scores.map((each) => each.precision));
    const recall = mean(scores.map((each) => each.recall));
    const f1 = (2 * precision * recall) / (precision + recall);
    process.stdout.write(`\n${scores.length} pages: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}\n`);
    expect(f1).toBeGreaterThan(0.935);
  },
  120_000,
);

function score(gold: string, found: string): { precision: number; recall: number } {
  const [wanted, got] = [shingles(gold), shingles(found)];
  let shared = 0;
  for (const [shingle, count] of wanted) shared += Math.min(count, got.get(shingle) ?? 0);
  return { precision: shared / Math.max(1, size(got)), recall: shared / Math.max(1, size(wanted)) };
}

function shingles(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let start = 0; start < Math.max(1, words.length - 3) && words.length > 0; start++) {
    const shingle = words.slice(start, start + 4).join(" ");
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

const size = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const withoutMarkdown = (text: string) =>
  text
    .replace(/\]\((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)\)/g, "")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/g, "$1")
    .replace(/[[\]`]|\*\*?|^#+ /gm, "");
