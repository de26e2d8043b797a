import { checkPdf } from "#lib/reports/pdf/check-pdf.ts";
import { expect, type SharedHouse, test } from "./support/shared-house.ts";
import { storeReport } from "./support/stored-report.ts";

const sources = [
  { title: "The harbour of Velsund", text: "Velsund lies on the coast. The harbour was dredged to nine metres in 1911. It is old." },
  { title: "=HYPERLINK(1) 教堂", text: "教堂在1920年被烧毁，从未重建。" },
];
const claims = [
  {
    claim: "The harbour was dredged to nine metres in 1911.",
    n: 1,
    passage: "The harbour was dredged to nine metres in 1911.",
    status: "quoted",
  },
  { claim: "教堂在1920年被烧毁，从未重建。", n: 2, passage: "教堂在1920年被烧毁，从未重建。", status: "unchecked" },
] as const;
const markdown =
  "# Findings\n\nThe harbour was dredged to nine metres in 1911. [1] It cost $5, and $E = mc^2$.\n\n教堂在1920年被烧毁，从未重建。[2]\n";

const stored = (house: SharedHouse) => storeReport(house.db.sql, { question: "How deep? 多深？ <img src=x>", sources, claims, markdown });

/** By what a file begins with. */
const beginnings: Record<string, [type: RegExp, extension: string, beginning: string]> = {
  md: [/^text\/markdown/, "md", "---\ntitle: "],
  pdf: [/^application\/pdf/, "pdf", "%PDF-"],
  docx: [/wordprocessingml/, "docx", "PK"],
  html: [/^text\/html/, "html", "<!"],
  bib: [/bibtex/, "bib", "@online{"],
  ris: [/research-info/, "ris", "TY  - ELEC"],
  csl: [/json/, "json", "[\n"],
  csv: [/^text\/csv/, "csv", "\u00ef\u00bb\u00bf"],
  bundle: [/^application\/zip/, "zip", "PK"],
};

test("a report leaves in every format, under the name of its question", async ({ house, request }) => {
  const { reportId } = await stored(house);
  for (const [format, [type, extension, beginning]] of Object.entries(beginnings)) {
    const response = await request.get(`${house.url}/api/reports/${reportId}/export/${format}`);
    expect(response.status(), format).toBe(200);
    expect(response.headers()["content-type"]).toMatch(type);
    expect(response.headers()["content-disposition"]).toBe(
      `attachment; filename="report.${extension}"; filename*=UTF-8''${encodeURIComponent(`How-deep-多深-img-src-x.${extension}`)}`,
    );
    const body = await response.body();
    expect(body.toString("latin1").startsWith(beginning), format).toBe(true);
    const again = await (await request.get(`${house.url}/api/reports/${reportId}/export/${format}`)).body();
    if (format !== "docx") expect(again.equals(body), `${format} again`).toBe(true);
  }
});

test("the PDF is tagged for whoever has it read aloud", async ({ house, request }) => {
  const { reportId } = await stored(house);
  const pdf = await (await request.get(`${house.url}/api/reports/${reportId}/export/pdf`)).body();
  expect(checkPdf(pdf).problems).toEqual([]);
});

test("a format that there is not is told with those that there are", async ({ house, request }) => {
  const { reportId } = await stored(house);
  const response = await request.get(`${house.url}/api/reports/${reportId}/export/exe`);
  expect(response.status()).toBe(404);
  expect(await response.json()).toMatchObject({ detail: "Reports are exported as md, pdf, docx, html, bib, ris, csl, csv, bundle." });
});

test("a bundle comes back as a report whose citations were checked again, and a forged one is refused", async ({
  house,
  request,
  page,
}) => {
  const { reportId } = await stored(house);
  const bundle = await (await request.get(`${house.url}/api/reports/${reportId}/export/bundle`)).body();
  const send = (buffer: Buffer) =>
    request.post(`${house.url}/api/bundles`, { multipart: { file: { name: "report.zip", mimeType: "application/zip", buffer } } });
  const response = await send(bundle);
  expect(response.status()).toBe(201);
  const { imported } = await response.json();
  expect(imported).toMatchObject({ held: 2, citations: 2, sources: 2, passagesMissing: [], statusesLowered: [], trace: "whole" });
  const { report } = await (await request.get(`${house.url}/api/reports/${imported.reportId}`)).json();
  expect(report.limitations[0]).toMatch(/^Imported from a bundle on/);
  await page.goto(`${house.url}/reports/${imported.reportId}`);
  await expect(page.getByText("The harbour was dredged to nine metres in 1911.").first()).toBeVisible();

  const forged = Buffer.from(bundle);
  forged.fill(0x20, forged.length >> 1, (forged.length >> 1) + 8);
  const refused = await send(forged);
  expect(refused.status()).toBe(422);
  expect(await refused.json()).toMatchObject({ field: "file" });
});
