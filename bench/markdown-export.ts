import { parseReport } from "#lib/reports/document/parse-report.ts";
import { toMarkdown } from "#lib/reports/to-markdown.ts";
import { longReport } from "./support/long-report.ts";

/**
 * Markdown export of a report of 90 KB, beside one parse of the same text, interleaved; the export twice, to tell the noise of the machine:
 *
 *   node bench/markdown-export.ts [rounds]
 */
const rounds = Number(process.argv[2] ?? 15);
const report = longReport(90_000);
const toRun: Record<string, () => unknown> = {
  "export A": () => toMarkdown(report),
  parse: () => parseReport(report),
  "export B": () => toMarkdown(report),
};
const times = new Map<string, number[]>();
for (let round = 0; round < rounds + 3; round++) {
  for (const [name, run] of Object.entries(toRun)) {
    const start = performance.now();
    run();
    if (round >= 3) times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
  }
}
const at = (name: string, share: number) =>
  (times.get(name) ?? []).toSorted((one, other) => one - other)[Math.floor((rounds - 1) * share)] ?? 0;
console.log(`${(report.markdown.length / 1000).toFixed(0)} KB, ${report.citations.length} citations, ${rounds} rounds`);
for (const name of times.keys()) {
  console.log(`${name.padEnd(9)} ${at(name, 0.5).toFixed(2)} ms (quarters ${at(name, 0.25).toFixed(2)} to ${at(name, 0.75).toFixed(2)})`);
}
console.log(
  `export ÷ parse ${(at("export A", 0.5) / at("parse", 0.5)).toFixed(3)}; A ÷ A ${(at("export A", 0.5) / at("export B", 0.5)).toFixed(3)}`,
);
