import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sentences } from "#lib/std/sentences.ts";
import { claimChecker } from "./check-claim.ts";
import { editsOf, seeded, variantsOf } from "./mutations.fixture.ts";

const folder = process.env.REAL_DATA;
/** Spans of each set; REAL_DATA_ALL takes four times as many. */
const perSet = process.env.REAL_DATA_ALL ? 1_800 : 450;

/** Whole sentences of real statutes and articles, to the letter, with their rule-made edits: see `editsOf`. */
test.skipIf(!folder)(
  "no edit that changes the meaning passes, and the sentences themselves do",
  () => {
    const random = seeded(Number(process.env.SEED ?? 7));
    const counts = new Map<string, { edits: number; quoted: number; liftable: number }>();
    let [spans, rejected, variants, refused] = [0, 0, 0, 0];
    const wrong: string[] = [];
    for (const [set, texts] of Object.entries(sets(folder ?? ""))) {
      for (const { text, spans: own } of sampled(texts, random)) {
        const check = claimChecker({ text });
        for (const span of own) {
          const claim = text.slice(span.start, span.end);
          spans++;
          const plain = check(claim, span);
          if (plain.status !== "quoted") {
            rejected++;
            if (rejected <= 15) wrong.push(`${set} rejected: ${claim} → ${plain.reason}`);
            continue;
          }
          for (const variant of variantsOf(claim, random)) {
            variants++;
            if (check(variant, span).status === "quoted") continue;
            refused++;
            if (refused <= 15) wrong.push(`${set} variant: ${variant} → ${check(variant, span).reason}`);
          }
          for (const { kind, edited } of editsOf(claim, random)) {
            const { status, ceiling } = check(edited, span);
            const count = counts.get(kind) ?? { edits: 0, quoted: 0, liftable: 0 };
            counts.set(kind, count);
            count.edits++;
            if (status === "quoted" && !text.includes(edited)) count.quoted++;
            if (ceiling === "supported" || ceiling === "quoted") {
              count.liftable++;
              if (count.liftable <= 12) wrong.push(`${set} ${kind} ${ceiling}: ${claim}\n   → ${edited}`);
            }
          }
        }
      }
    }
    const rows = [...counts].map(
      ([kind, { edits, quoted, liftable }]) => `${kind}: ${edits} edits, ${quoted} quoted, ${liftable} not capped`,
    );
    const sum = (key: "edits" | "quoted" | "liftable") => [...counts.values()].reduce((total, each) => total + each[key], 0);
    process.stdout.write(
      `\n${spans} spans, ${rejected} rejected (${((100 * rejected) / spans).toFixed(2)} %); ${variants} variants, ${refused} refused\n${rows.join("\n")}\nall: ${sum("edits")} edits, ${sum("quoted")} quoted, ${sum("liftable")} not capped\n${wrong.join("\n")}\n`,
    );
    expect(spans).toBeGreaterThanOrEqual(2_000);
    expect(sum("quoted")).toBe(0);
    expect(sum("liftable")).toBe(0);
    expect(rejected / spans).toBeLessThanOrEqual(0.01);
    expect(refused).toBe(0);
  },
  600_000,
);

interface Sampled {
  text: string;
  spans: { start: number; end: number }[];
}

function sets(from: string): Record<string, string[]> {
  const lines = (file: string) => readFileSync(join(from, file), "utf8").split("\n").filter(Boolean);
  const corpus = (name: string) => lines(`qa-offline/${name}/corpus.jsonl`).map((line): string => JSON.parse(line).text);
  const laws = readdirSync(join(from, "cn-laws"), { recursive: true, encoding: "utf8" }).filter(
    (file) => /\p{sc=Han}.*\.md$/u.test(file) && !file.includes("_index"),
  );
  const lawbench: { answer: string }[] = JSON.parse(readFileSync(join(from, "lawbench/data/zero_shot/1-1.json"), "utf8"));
  return {
    "cn-laws": laws.toSorted().map((file) => readFileSync(join(from, "cn-laws", file), "utf8").replace(/^[\s\S]*<!-- INFO END -->/, "")),
    lawbench: lawbench.map(({ answer }) => answer.replace(/^答案[:：]/, "").replaceAll("。,", "。\n\n")),
    gdpr: [gdprText(JSON.parse(readFileSync(join(from, "gdpr/gdpr.json"), "utf8")))],
    "xquad-en": corpus("xquad-en"),
    "xquad-zh": corpus("xquad-zh"),
  };
}

/** The text of every clause, in order. */
function gdprText(node: unknown): string {
  if (Array.isArray(node)) return node.map(gdprText).filter(Boolean).join("\n\n");
  if (node === null || typeof node !== "object") return "";
  const own = "text" in node && typeof node.text === "string" ? [node.text] : [];
  return [...own, ...Object.values(node).map(gdprText)].filter(Boolean).join("\n\n");
}

/** Sentences of a set, taken here and there, whole ones of a length that says something. */
function sampled(texts: readonly string[], random: () => number): Sampled[] {
  const all = texts.flatMap((text, place) =>
    sentences(text)
      .filter(({ start, end }) => end - start >= 20 && end - start <= 600 && !/^[#|>*-]/.test(text.slice(start, end)))
      .map((span) => ({ place, span })),
  );
  const chosen = all.map((each) => ({ each, rank: random() })).toSorted((one, other) => one.rank - other.rank);
  const byText = Map.groupBy(
    chosen.slice(0, perSet).map(({ each }) => each),
    ({ place }) => place,
  );
  return [...byText].map(([place, own]) => ({ text: texts[place] ?? "", spans: own.map(({ span }) => span) }));
}
