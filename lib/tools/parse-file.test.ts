import { expect, test, vi } from "vitest";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { pdfOf } from "./files/documents.fixture.ts";
import { parseFileTool } from "./parse-file.ts";
import type { PageRead, ToolContext } from "./tool.ts";

vi.setConfig({ testTimeout: 60_000 });

function run(input: unknown, contents: Record<string, Buffer | string | null>, signal = new AbortController().signal) {
  const kept: PageRead[] = [];
  const attachments = Object.keys(contents).map((name, index): AttachmentRef => ({ id: `f${index}`, name, type: "Text", size: 1 }));
  const context: ToolContext = {
    signal,
    keepFigure: async ({ name, width, height }) => ({ id: "f1", n: 1, name, width, height }),
    mayVisit: async () => true,
    attachments,
    async bytesOf({ name }) {
      const content = contents[name] ?? null;
      return content === null ? null : Buffer.from(content);
    },
    async keepSource(page) {
      kept.push(page);
      const { url, title, site, status, fetchedAt } = page;
      return { id: `s${kept.length}`, n: kept.length, url, title, site, hash: "h", status, fetchedAt };
    },
  };
  const tool = parseFileTool();
  return { kept, returned: tool.run(tool.schema.parse(input), context) };
}

test("each file is given under its name and kept as a source", async () => {
  const { kept, returned } = run(
    { files: ["a b.txt", "r.pdf"] },
    { "a b.txt": "Words.", "r.pdf": pdfOf([["One."], ["Two."]], "/Info 8 0 R", ["<< /Title (Tides) >>"]) },
  );
  const { outcome, details, sources } = await returned;
  expect(outcome).toEqual({ kind: "ok", text: "# File: a b.txt\nWords.\n\n# File: r.pdf\n[page 1]\n\nOne.\n\n[page 2]\n\nTwo." });
  expect(sources).toMatchObject([{ id: "s1" }, { id: "s2" }]);
  expect(kept).toMatchObject([
    { url: "attachment:///f0/a%20b.txt", site: "your file", title: "a b.txt", text: "Words." },
    { url: "attachment:///f1/r.pdf", title: "Tides", status: 200 },
  ]);
  expect(details).toMatchObject({
    kind: "files",
    files: [
      { name: "a b.txt", type: "Text", characters: 6, sourceId: "s1" },
      { name: "r.pdf", extent: "2 pages", sourceId: "s2" },
    ],
  });
});

test("a name alone is a list of one, and a file named twice is read once", async () => {
  expect((await run({ files: "a.txt" }, { "a.txt": "Words." }).returned).outcome.text).toBe("# File: a.txt\nWords.");
  expect((await run({ files: ["a.txt", "/mnt/data/A.TXT"] }, { "a.txt": "Words." }).returned).outcome.text).toBe("# File: a.txt\nWords.");
});

test("a name that means no file fails and says which files there are", async () => {
  expect((await run({ files: ["../../etc/passwd"] }, { "a.txt": "x", "b.pdf": "x" }).returned).outcome).toEqual({
    kind: "failed",
    reason: "not-found",
    text: "# File: ../../etc/passwd\nThe file could not be read: there is no uploaded file of that name; the files are: a.txt, b.pdf.",
  });
  expect((await run({ files: ["a.txt"] }, {}).returned).outcome.text).toContain("no files were uploaded");
  expect((await run({ files: ["a.txt"] }, { "a.txt": null }).returned).outcome).toMatchObject({ kind: "failed", reason: "not-found" });
});

test("what cannot be read is told beside what can", async () => {
  const { outcome, details } = await run({ files: ["a.txt", "b.pdf"] }, { "a.txt": "Words.", "b.pdf": "%PDF-1.7" }).returned;
  expect(outcome).toEqual({
    kind: "ok",
    text: "# File: a.txt\nWords.\n\n# File: b.pdf\nThe file could not be read: it is broken or was cut off.",
  });
  expect(details).toMatchObject({ files: [{ sourceId: "s1" }, { failure: "damaged", detail: "it is broken or was cut off" }] });
});

test("files share the limit, and what is left out is said in each", async () => {
  const long = "A sentence of a long file. ".repeat(20_000);
  const { outcome, details } = await run(
    { files: ["s.txt", "a.txt", "c.txt"] },
    { "s.txt": "Short.", "a.txt": long, "c.txt": "中文".repeat(100_000) },
  ).returned;
  expect(roughTokens(outcome.text)).toBeGreaterThan(57_000);
  expect(roughTokens(outcome.text)).toBeLessThan(58_300);
  expect(outcome.text).toMatch(/^# File: s\.txt\nShort\.\n\n# File: a\.txt\nA sentence/);
  const note =
    /\[The file goes on: its first [\d,]+ characters are shown, [\d,]+ are left out\. Parse this file alone to see more of it\.\]/g;
  expect(outcome.text.match(note)).toHaveLength(2);
  const [, first] = details.kind === "files" ? details.files : [];
  expect(first?.characters).toBe(long.trim().length);
  expect(first?.shownCharacters).toBeGreaterThan(80_000);
});

test("a stopped run throws", async () => {
  await expect(run({ files: ["a.txt"] }, { "a.txt": "x" }, AbortSignal.abort()).returned).rejects.toThrow();
});

test.each([{}, { files: [] }, { files: [""] }, { files: 3 }])("%j is refused", (input) => {
  expect(parseFileTool().schema.safeParse(input).success).toBe(false);
});
