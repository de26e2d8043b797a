import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { docxOf, pdfOf, wordParagraph, wordXml, xlsxOf } from "#lib/tools/files/documents.fixture.ts";
import { readPage } from "./read-page.ts";

// A loaded machine takes its time to start a process; no test waits for this long.
vi.setConfig({ testTimeout: 30_000 });

const never = new AbortController().signal;
const read = (body: string | Buffer, contentType = "text/html; charset=utf-8", signal = never) =>
  readPage(Buffer.from(body), { url: "https://example.org/guide/page.html", contentType, signal });
const sentence = "Readers want whole sentences, with commas in them, because that is how an article is told from a menu. ";

test("an article becomes Markdown, without its menus and pictures", async () => {
  const page = await read(`<!doctype html><title>The Title | Example Site</title>
    <nav><a href=/a>Home</a> <a href=/b>About</a></nav>
    <main><article><h1>The Title</h1><p>${sentence.repeat(8)}<img src="https://tracker.example/pixel.gif"></p>
    <h2>Figures</h2><table><tr><th>Year</th><th>Count</th></tr><tr><td>2024</td><td>12</td></tr></table>
    <pre><code class="language-js">let a = 1 &lt; 2;\n  more();</code></pre>
    <p>${sentence} See <a href="../other">the other page</a>, it costs 5 &amp; more.</p></article></main>
    <footer>© Example, all rights reserved</footer>`);
  expect(page).toMatchObject({ ok: true, title: expect.stringMatching(/^The Title/) });
  const text = page.ok ? page.text : "";
  expect(text).toContain("## Figures\n\n| Year | Count |\n| --- | --- |\n| 2024 | 12 |");
  expect(text).toContain("```js\nlet a = 1 < 2;\n  more();\n```");
  expect(text).toContain("See [the other page](https://example.org/other), it costs 5 & more.");
  expect(text).not.toMatch(/tracker|Home|rights reserved/);
});

test("a documentation page of many small parts is not cut down to one of them", async () => {
  const parts = Array.from({ length: 40 }, (_, index) => `<div class="sect"><h3>option_${index}</h3><div>Sets value ${index}.</div></div>`);
  const page = await read(
    `<title>Options</title><div class="body"><div class="intro"><p>${sentence.repeat(2)}</p></div>${parts.join("")}</div>`,
  );
  expect(page.ok && [...page.text.matchAll(/Sets value \d+\./g)].length).toBe(40);
});

test.each([
  ["1,000 nested divs", "<div>".repeat(1_000)],
  ["20,000 nested divs", "<div>".repeat(20_000)],
  ["3,000 unclosed b, i and p", "<b><i><p>".repeat(3_000)],
  ["3,000 nested tables", "<table><tr><td>".repeat(3_000)],
  ["50,000 attributes", `<p ${Array.from({ length: 50_000 }, (_, index) => `a${index}="1"`).join(" ")}>`],
  ["200,000 entities", `<p>${"&amp;".repeat(200_000)}`],
  ["a megabyte of spaces", `<pre>${" ".repeat(1_000_000)}x`],
  ["one word of 10 MB", `<p>${"x".repeat(10_000_000)}`],
  ["unclosed tags of 1 MB", "<title".repeat(200_000)],
])("%s are read like any page", async (_, start) => {
  const page = await read(`${start} the end of it</p>`);
  expect(page.ok ? page.text.length : page).toBeTruthy();
});

test("2,000 paragraphs stay whole", async () => {
  const page = await read(Array.from({ length: 2_000 }, (_, index) => `<p>Paragraph ${index} of them all, with a comma.</p>`).join(""));
  expect(page.ok && page.text.endsWith("Paragraph 1999 of them all, with a comma.")).toBe(true);
});

test("a page that takes the extraction too long is read simply by the next child, and the pool goes on", async () => {
  // The parser looks through all open elements for every end tag that has no start.
  const hostile = `<title>Slow</title>${"<div>".repeat(100_000)}${"</span>".repeat(100_000)}it was read`;
  expect(await read(hostile)).toMatchObject({ ok: true, title: "Slow", text: "it was read" });
  expect(await read("<p>The next page</p>")).toMatchObject({ ok: true, text: "The next page" });
});

test("an abort ends the reading", async () => {
  const stop = new AbortController();
  const reading = read(`${"<div>".repeat(100_000)}${"</span>".repeat(100_000)}`, "text/html", stop.signal);
  stop.abort();
  expect(await reading).toMatchObject({ ok: false, reason: "cancelled" });
});

test.each([
  ["text/plain", "one line\r\ntwo\0\u00a0three, and enough more", "page.html", "one line\ntwo three, and enough more"],
  ["text/markdown", "# A guide\n\ntext", "A guide", "# A guide\n\ntext"],
  ["application/json", '{"a":[1,2]}', "page.html", '{\n  "a": [\n    1,\n    2\n  ]\n}'],
  ["application/json", '{"a": broken', "page.html", '{"a": broken'],
  ["application/rss+xml", "<rss><title>News</title></rss>", "page.html", "<rss><title>News</title></rss>"],
  ["", "just text", "page.html", "just text"],
  ["", "<!DOCTYPE html><title>T</title><p>page", "T", "page"],
])("%s is served as what it is", async (contentType, body, title, text) => {
  expect(await read(body, contentType)).toEqual({ ok: true, title, text });
});

test.each([
  ["an empty page", "unreadable-page", ""],
  [
    "a page built by scripts alone",
    "unreadable-page",
    "<title>App</title><div id=root></div><script src=app.js></script><noscript>You need JavaScript</noscript>",
  ],
  ["a broken PDF that says it is HTML", "damaged", "%PDF-1.7\n1 0 obj"],
  ["zeros", "unsupported-type", "\0\0\0\0"],
  ["Cloudflare's challenge", "refused", "<title>Just a moment...</title><p>Checking your browser before accessing the site.</p>"],
  [
    "DataDome's captcha",
    "refused",
    '<title>shop.example</title><p>Please wait</p><script src="https://geo.captcha-delivery.com/c.js"></script>',
  ],
])("%s is %s", async (_, reason, body) => {
  expect(await read(body)).toMatchObject({ ok: false, reason });
});

test("a PDF is read as one whatever its server calls it, and takes its name from the address", async () => {
  const text = "[page 1]\n\nWords of a paper.";
  for (const type of ["text/html", "application/octet-stream", "application/pdf", ""]) {
    expect(await read(pdfOf([["Words of a paper."]]), type)).toEqual({ ok: true, title: "page.html", text });
  }
});

test("a Word document and a workbook are read", async () => {
  expect(await read(docxOf(wordXml(wordParagraph("Words of it."))))).toMatchObject({ ok: true, text: "Words of it." });
  expect(await read(xlsxOf({ One: [["a"], [1]] }))).toMatchObject({ ok: true, text: "## Sheet: One\n\n| a |\n| --- |\n| 1 |" });
});

test("an article about challenges is an article", async () => {
  const page = await read(
    `<title>Just a moment: how captchas work</title><article><p>${sentence.repeat(20)}</p></article><script>challenge-platform</script>`,
  );
  expect(page).toMatchObject({ ok: true });
});

test("what is shortened says so", async () => {
  const page = await read("word ".repeat(250_000), "text/plain");
  expect(page.ok && page.text.slice(-90)).toMatch(/\n\n\[The document goes on\. Only its first 1,000,000 characters were kept\.\]$/);
});

test("idle children let the process end", async () => {
  const script = `import { readPage } from ${JSON.stringify(new URL("./read-page.ts", import.meta.url).href)};
    const page = await readPage(Buffer.from("<p>Hello"), { url: "https://example.org/", contentType: "text/html", signal: new AbortController().signal });
    process.stdout.write(page.text);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  const [code] = await once(child, "close");
  expect({ code, printed }).toEqual({ code: 0, printed: "Hello" });
});
