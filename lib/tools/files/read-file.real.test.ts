import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { readFile } from "./read-file.ts";

const folder = process.env.REAL_DATA && `${process.env.REAL_DATA}/pdf-samples`;

test.skipIf(!folder)(
  "odd PDFs give a text or a reason",
  async () => {
    const lines: string[] = [];
    for (const path of globSync(`${folder}/*/*.pdf`).sort()) {
      const name = basename(path);
      const answer = await readFile(name, readFileSync(path), new AbortController().signal);
      lines.push(`${name}: ${answer.ok ? `${answer.extent}, ${answer.text.length} characters` : `${answer.reason}: ${answer.detail}`}`);
      if (!answer.ok) expect(["encrypted", "damaged", "unreadable-page"]).toContain(answer.reason);
    }
    process.stdout.write(`\n${lines.join("\n")}\n${lines.length} files\n`);
    expect(lines.length).toBeGreaterThan(0);
  },
  120_000,
);
