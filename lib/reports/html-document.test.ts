import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { citation, sampleReport, sourceRef } from "./html-document/sample-report.fixture.ts";
import { toHtmlDocument } from "./html-document.ts";

test("a report is one document that says how it came about and what the checks found", () => {
  const html = toHtmlDocument(sampleReport());
  expect(html).toContain("How deep is the harbour of Velsund?");
  expect(html).toContain("22 November 2026, 11:20 UTC");
  expect(html).toContain("Tongyi-DeepResearch-30B-A3B, a language model");
  expect(html).toMatch(/<b>1<\/b> supported.*<b>1<\/b> weak/s);
  expect(html).toContain("The passage names no other harbour.");
  expect(html).toContain("One search provider was resting");
  expect(html).toContain("What could not be found");
  expect(html).toContain("Read and not cited");
});

test("every mark leads to a card, by a button and by a link, and every card back", () => {
  const html = toHtmlDocument(sampleReport());
  for (const k of [1, 2]) {
    expect(html).toContain(`popovertarget="e${k}"`);
    expect(html).toContain(`href="#e${k}"`);
    expect(html).toContain(`id="e${k}" popover`);
    expect(html).toContain(`id="c${k}"`);
  }
  expect(html).not.toContain("data-citation");
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of html.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test("its policy lets through exactly its own style", () => {
  const html = toHtmlDocument(sampleReport());
  const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? "";
  expect(html).toContain(`style-src &#39;sha256-${createHash("sha256").update(style).digest("base64")}&#39;`);
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
  expect(html).not.toMatch(/<script|<link|<img|<iframe| style=| on\w+=/);
});

test("the same report gives the same bytes", () => expect(toHtmlDocument(sampleReport())).toBe(toHtmlDocument(sampleReport())));

test("whatever a page or a model wrote is text", () => {
  const evil = `"><img src=x onerror=alert(1)><script>alert(1)</script>' javascript:alert(1)`;
  const html = toHtmlDocument(
    sampleReport({
      question: evil,
      markdown: `${evil} [1]\n\n[a](javascript:alert(1)) ![b](https://evil.example/x)`,
      citations: [citation(1, { claim: evil, reason: evil, passage: { start: 0, end: 5, text: evil } })],
      sources: [sourceRef(1, { title: evil, url: `javascript:alert(1)//${evil}`, site: evil, hash: evil })],
      readOnly: [],
      limitations: [evil],
      model: evil,
      judge: evil,
    }),
  );
  expect(html).not.toMatch(/<(img|script)\b/i);
  expect(html).not.toMatch(/href="(?!#|https:\/\/|mailto:)/);
  expect(html).not.toContain("evil.example");
});

test("its language is that of the text", () => {
  expect(toHtmlDocument(sampleReport())).toContain('<html lang="en">');
  expect(toHtmlDocument(sampleReport({ markdown: "新港的港口在1911年疏浚到九米深。", citations: [] }))).toContain('<html lang="zh">');
  expect(
    toHtmlDocument(sampleReport({ markdown: "Der Hafen wurde 1911 mit einem Bagger vertieft und ist nicht tief.", citations: [] })),
  ).toContain('<html lang="de">');
});

test("a file of the author's is named as one, without its address", () => {
  const file = sourceRef(1, { url: "attachment:///0b0f/accounts.pdf", title: "accounts.pdf", site: "your file" });
  const html = toHtmlDocument(sampleReport({ sources: [file, sourceRef(2)] }));
  expect(html).toContain("a file of the author’s");
  expect(html).not.toContain("attachment:");
});

test("its pictures are in the file, with the words the text has for them; one that is missing is left out", () => {
  const figure = (n: number) => ({ id: `f${n}`, n, name: "plot.png", width: 640, height: 480 });
  const report = sampleReport({ figures: [figure(2), figure(3)], markdown: 'Dues fell.\n\n![Dues "by" year](figure:2)\n' });
  const html = toHtmlDocument(report, new Map([[2, new Uint8Array([137, 80, 78, 71])]]));
  expect(html).toMatch(/src="data:image\/png;base64,iVBORw==" alt="Dues &#x22;by&#x22; year" width="640" height="480"/);
  expect(html.match(/<img/g)).toHaveLength(1);
});
