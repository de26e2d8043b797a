import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { carryingPassages } from "#lib/reports/carrying-passage.ts";
import { evidenceIndex } from "#lib/reports/evidence-index.ts";
import { claimChecker } from "#lib/reports/verify/check-claim.ts";
import { coverageScore } from "#lib/reports/verify/coverage.ts";

/**
 * How well the claim check finds Wikipedia sentences that the page they cite does not fully support, without a model, beside ROUGE-L.
 *
 *   node bench/claim-check.ts --set <folder with wice/>
 *
 * Each sentence meets the passage that our own attribution finds on its page. Every threshold, ROUGE-L's and ours, is tuned on four fifths of the
 * pages and tested on the fifth one, in turn; sentences of one article stay together. Positive: weak or unsupported.
 */
const { values } = parseArgs({ options: { set: { type: "string" } } });
if (!values.set) throw new Error("Say where the data lies: --set <folder with wice/>");

const rowSchema = z.object({
  label: z.enum(["supported", "partially_supported", "not_supported"]),
  claim: z.string(),
  evidence: z.array(z.string()),
  meta: z.object({ claim_title: z.string() }),
});
type Row = z.infer<typeof rowSchema>;
const folds = 5;

const file = join(values.set, "wice/data/entailment_retrieval/claim/dev.jsonl");
const rows = (await readFile(file, "utf8"))
  .split("\n")
  .filter(Boolean)
  .map((line) => rowSchema.parse(JSON.parse(line)));
const truth = rows.map(({ label }) => label !== "supported");
const foldOf = rows.map(({ meta }) => [...meta.claim_title].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7) % folds);

/** Higher is more doubtful. */
interface Doubts {
  "ROUGE-L F, passage": number;
  "ROUGE-L recall, passage": number;
  "ROUGE-L F, best sentence": number;
  "ROUGE-L recall, whole page": number;
  "coverage alone": number;
  "claim check": number;
}
const begun = performance.now();
const measured = rows.map(measure);
const perClaim = (performance.now() - begun) / rows.length;

const positives = truth.filter(Boolean).length;
print(
  `${rows.length} sentences of WiCE dev, ${positives} not fully supported; ${perClaim.toFixed(1)} ms each, page prepared and ROUGE-L included`,
);
print(`everything called not supported: ${score(truth.map(() => true))}`);
for (const [title, value] of [
  ["threshold tuned for F1", f1],
  ["threshold tuned for balanced accuracy", balanced],
] as const) {
  print(`\n${title}`);
  for (const name of Object.keys(measured[0]?.doubts ?? {}) as (keyof Doubts)[]) {
    const doubts = measured.map((each) => each.doubts[name]);
    print(`  ${name.padEnd(28)} ${score(heldOut(doubts, value))}, AUC ${areaUnder(doubts).toFixed(3)}`);
  }
}
print(`\nhard findings alone           ${score(measured.map(({ isCapped }) => isCapped))}`);
print(`as the product has it         ${score(measured.map(({ isDoubted }) => isDoubted))} (its threshold was chosen on all of these)`);

function measure({ claim, evidence }: Row): { doubts: Doubts; isCapped: boolean; isDoubted: boolean } {
  const title = /TITLE: (.*)/.exec(evidence[0] ?? "")?.[1] ?? "";
  const text = evidence.slice(title === "" ? 0 : 1).join("\n");
  const index = evidenceIndex([{ id: "page", n: 1, url: "", title, text }]);
  const passage = carryingPassages(claim, index)[0]?.passage ?? { start: 0, end: 0 };
  const said = text.slice(passage.start, passage.end);
  const { status, ceiling } = claimChecker({ text, title })(claim, passage);
  const isCapped = ceiling === "weak" || ceiling === "unsupported";
  const covered = coverageScore(claim, said, index);
  return {
    isCapped,
    isDoubted: status === "weak" || status === "unsupported",
    doubts: {
      "ROUGE-L F, passage": -rouge(claim, said).f,
      "ROUGE-L recall, passage": -rouge(claim, said).recall,
      "ROUGE-L F, best sentence": -Math.max(...evidence.map((sentence) => rouge(claim, sentence).f)),
      "ROUGE-L recall, whole page": -rouge(claim, text).recall,
      "coverage alone": -covered,
      // What the texts contradict or lack is doubted however much else they share; so do not the words that stand there to the letter.
      "claim check": status === "quoted" ? -10 : isCapped ? 10 - covered : -covered,
    },
  };
}

/** ROUGE-L on lower-case words, as the `rouge-score` package has it, without its stemmer. */
function rouge(claim: string, text: string): { recall: number; f: number } {
  const words = (each: string): string[] => each.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const [own, other] = [words(claim), words(text)];
  const lengths = new Uint16Array(other.length + 1);
  for (const word of own) {
    let diagonal = 0;
    for (let index = 1; index <= other.length; index++) {
      const above = lengths[index] ?? 0;
      lengths[index] = word === other[index - 1] ? diagonal + 1 : Math.max(above, lengths[index - 1] ?? 0);
      diagonal = above;
    }
  }
  const common = lengths[other.length] ?? 0;
  const [recall, precision] = [common / Math.max(1, own.length), common / Math.max(1, other.length)];
  return { recall, f: common === 0 ? 0 : (2 * recall * precision) / (recall + precision) };
}

/** What each fold is called by the threshold that is best on the others. */
function heldOut(doubts: readonly number[], value: (called: readonly boolean[], places: readonly number[]) => number): boolean[] {
  const called = truth.map(() => false);
  for (let fold = 0; fold < folds; fold++) {
    const others = [...rows.keys()].filter((place) => foldOf[place] !== fold);
    const candidates = [...new Set(others.map((place) => doubts[place] ?? 0))].toSorted((one, two) => one - two);
    let best = { value: -1, threshold: 0 };
    for (const threshold of candidates) {
      const reached = value(
        doubts.map((doubt) => doubt >= threshold),
        others,
      );
      if (reached > best.value) best = { value: reached, threshold };
    }
    for (const place of rows.keys()) if (foldOf[place] === fold) called[place] = (doubts[place] ?? 0) >= best.threshold;
  }
  return called;
}

interface Counts {
  hit: number;
  false: number;
  missed: number;
  clear: number;
}

function count(called: readonly boolean[], places: Iterable<number>): Counts {
  const counts: Counts = { hit: 0, false: 0, missed: 0, clear: 0 };
  for (const place of places) counts[truth[place] ? (called[place] ? "hit" : "missed") : called[place] ? "false" : "clear"]++;
  return counts;
}

function f1(called: readonly boolean[], places: Iterable<number> = rows.keys()): number {
  const counts = count(called, places);
  return (2 * counts.hit) / Math.max(1, 2 * counts.hit + counts.false + counts.missed);
}

function balanced(called: readonly boolean[], places: Iterable<number> = rows.keys()): number {
  const counts = count(called, places);
  return (counts.hit / Math.max(1, counts.hit + counts.missed) + counts.clear / Math.max(1, counts.clear + counts.false)) / 2;
}

function score(called: readonly boolean[]): string {
  const counts = count(called, rows.keys());
  const other = (2 * counts.clear) / Math.max(1, 2 * counts.clear + counts.false + counts.missed);
  return `F1 ${f1(called).toFixed(3)}, macro F1 ${((f1(called) + other) / 2).toFixed(3)}, balanced accuracy ${balanced(called).toFixed(3)}`;
}

function areaUnder(doubts: readonly number[]): number {
  let [above, pairs] = [0, 0];
  for (const [one, isPositive] of truth.entries()) {
    if (!isPositive) continue;
    for (const [two, other] of truth.entries()) {
      if (other) continue;
      pairs++;
      const [a, b] = [doubts[one] ?? 0, doubts[two] ?? 0];
      above += a > b ? 1 : a === b ? 0.5 : 0;
    }
  }
  return above / pairs;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
