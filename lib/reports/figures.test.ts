import { expect, test } from "vitest";
import { png } from "#lib/tools/python/png.fixture.ts";
import { sampleReport } from "./html-document/sample-report.fixture.ts";
import { readFont } from "./pdf/read-font.ts";
import { toTypst } from "./pdf/to-typst.ts";
import { openTypesetter } from "./pdf/typesetter.ts";
import { toDocx } from "./to-docx.ts";
import { toHtml } from "./to-html.ts";

const figures = [{ id: "6f0e2d9c-0000-4000-8000-000000000001", n: 2, name: "depth.png", width: 40, height: 30 }];
const report = {
  ...sampleReport(),
  citations: [],
  sources: [],
  figures,
  markdown: 'It grew.\n\n![Depth "by" year](figure:2)\n\n![gone](figure:9) ![evil](https://evil.example/x.png)',
};
const bytes = new Map([[2, new Uint8Array(png(40, 30))]]);

test("the page shows the report's own figures and no other picture", () => {
  const { html } = toHtml(report);
  expect(html.match(/<img/g)).toHaveLength(1);
  expect(html).toContain(`src="/api/figures/${figures[0]?.id}"`);
  expect(html).toContain("Figure 2: Depth");
  expect(html).toContain("[Figure 9: gone]");
  expect(html).not.toContain("evil.example");
  expect(toHtml(report, () => null).html).not.toContain("<img");
});

test("the PDF holds the picture where its bytes are at hand, and its words where not", () => {
  const typeset = openTypesetter("/nowhere-at-all", readFont);
  const [withPicture, without] = [typeset(toTypst(report, bytes)), typeset(toTypst(report))];
  const pictures = (made: typeof withPicture) =>
    made.ok
      ? (
          Buffer.from(made.pdf)
            .toString("latin1")
            .match(/\/Subtype\s*\/Image/g) ?? []
        ).length
      : made.detail;
  expect(pictures(withPicture)).toBe(1);
  expect(pictures(without)).toBe(0);
});

test("the Word file holds the picture", async () => {
  const file = Buffer.from(await toDocx(report, bytes)).toString("latin1");
  expect(file).toMatch(/word\/media\/[^/]+\.png/);
  expect(Buffer.from(await toDocx(report)).toString("latin1")).not.toContain("word/media/");
});
