import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { corpusPages, corpusSearch } from "#lib/tools/providers/corpus.ts";
import { searchCorpus } from "./corpus.ts";
import { loadCorpus } from "./corpus-load.ts";

let database: Database;
let drop: () => Promise<void>;
let sql: Sql;
let dir: string;
const signal = new AbortController().signal;

beforeAll(async () => {
  const copy = await testDatabase();
  drop = copy.drop;
  database = openDatabase(copy.url, { connections: 4 });
  sql = database.sql;
});
afterAll(async () => {
  await database.end();
  await drop();
});
beforeEach(async () => {
  await sql`truncate corpus_files, corpus_documents, corpus_terms`;
  dir = await mkdtemp(join(tmpdir(), "corpus "));
  return () => rm(dir, { recursive: true });
});

const write = async (files: Record<string, string | Uint8Array>) => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(dir, path, ".."), { recursive: true });
    await writeFile(join(dir, path), content);
  }
};
const load = async () => {
  const log: string[] = [];
  return { ...(await loadCorpus(sql, dir, (message) => log.push(message))), log };
};
const titles = async (query: string) => (await searchCorpus(sql, query)).map(({ title }) => title);

test("loads every kind of file, with title and address from where each has them", async () => {
  await write({
    "a/harbour.md": "# The harbour\n\nNine metres deep.",
    "front.md": '---\ntitle: "From the front"\nurl: https://a.test/front\n---\nBody of the matter.',
    "plain_name.txt": "just words",
    "page.html": "<title>A &amp; B</title><script>var hidden</script><h1>Head</h1><p>Shown <b>text</b></p>",
    "lines.jsonl": '{"id":"x","title":"Line","url":"https://a.test/line","text":"in a line"}\n{"text":"bare"}\n',
    ".hidden.md": "hidden",
    "picture.png": "no text",
  });
  expect(await load()).toMatchObject({ files: 5, documents: 6, problems: 0, log: [] });
  const rows = await sql`select url, title, text from corpus_documents order by path, line`;
  expect(rows.map(({ url, title }) => [url, title])).toEqual([
    ["corpus://a/harbour.md", "The harbour"],
    ["https://a.test/front", "From the front"],
    ["https://a.test/line", "Line"],
    ["corpus://lines.jsonl#2", "lines.jsonl, line 2"],
    ["corpus://page.html", "A & B"],
    ["corpus://plain_name.txt", "plain name"],
  ]);
  expect(rows[4]?.text).toBe("# Head\n\nShown text");
});

test("leaves out what cannot be loaded, and names file and line", async () => {
  await write({
    "binary.txt": new Uint8Array([65, 10, 0, 1, 2]),
    "latin.md": new Uint8Array([...Buffer.from("fine\nbad "), 0xe9, 10]),
    "empty.txt": " \n",
    "lines.jsonl": '{"id":"1","text":"good \\u0000 one"}\n{broken\n\n{"id":"2","text":""}\n',
  });
  await symlink("/etc/hosts", join(dir, "out.txt"));
  const { log, documents } = await load();
  expect(documents).toBe(1);
  expect(log).toEqual([
    "Corpus: out.txt is a link that leads out of the folder; left out",
    "Corpus: binary.txt, line 2 is binary, not text (it contains a NUL byte); left out",
    "Corpus: empty.txt has no text; left out",
    "Corpus: latin.md, line 2 is not UTF-8 text; left out",
    "Corpus: lines.jsonl, line 2 is not a JSON object; left out",
    'Corpus: lines.jsonl, line 4 "text": is empty; left out',
  ]);
  const [row] = await sql`select problems from corpus_files where path = 'lines.jsonl'`;
  expect(row?.problems).toEqual([
    { line: 2, problem: "is not a JSON object" },
    { line: 4, problem: '"text": is empty' },
  ]);
});

test("reloads what changed, forgets what went, and does not open the rest", async () => {
  await write({ "a.md": "zebra one", "b.md": "okapi two", "c.md": "lemur three" });
  await load();
  await write({ "a.md": "giraffe instead" });
  await rm(join(dir, "b.md"));
  expect(await load()).toMatchObject({ files: 2, loaded: 1, removed: 1 });
  expect([await titles("zebra"), await titles("okapi"), await titles("giraffe"), await titles("lemur")]).toEqual([[], [], ["a"], ["c"]]);
  expect(await sql`select term from corpus_terms where term in ('zebra', 'okapi', 'two')`).toHaveLength(0);
  expect(await load()).toMatchObject({ loaded: 0, removed: 0 });
});

test("several processes at once load it once", async () => {
  await write({
    "a.jsonl": Array.from({ length: 300 }, (_, index) => JSON.stringify({ text: `document number ${index} of zebra` })).join("\n"),
  });
  const loads = await Promise.all([load(), load(), load()]);
  expect(loads.map(({ loaded }) => loaded).sort()).toEqual([0, 0, 1]);
  expect(await sql`select documents from corpus_terms where term = 'zebra'`).toEqual([{ documents: 300 }]);
});

test("a load that broke off is done again", async () => {
  await write({ "a.md": "zebra" });
  await load();
  await sql`update corpus_files set fingerprint = ''`;
  expect(await load()).toMatchObject({ loaded: 1 });
  expect(await sql`select documents from corpus_terms where term = 'zebra'`).toEqual([{ documents: 1 }]);
});

test("ranks by BM25: rare words, their number and the length of the document", async () => {
  await write({
    "rare.md": "Deep harbour with a lighthouse.",
    "twice.md": "Lighthouse upon lighthouse in the harbour.",
    "long.md": `Lighthouse and harbour. ${"Other words come in here. ".repeat(60)}`,
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`filler${index}.md`, `A harbour, number ${index}.`])),
  });
  await load();
  expect((await titles("the lighthouse of the harbour")).slice(0, 3)).toEqual(["twice", "rare", "long"]);
});

test.each([
  ["zh.md", "深度研究系统需要检索增强。", "检索系统"],
  ["ja.md", "東京タワーは1958年に完成した。", "東京タワー 完成"],
  ["ar.md", "اللُّغَةُ العَرَبِيَّةُ جميلة", "العربية"],
  ["ko.md", "서울은 대한민국의 수도이다.", "수도"],
  ["ru.md", "Москва является столицей России.", "столицей"],
])("finds %s in its language", async (path, text, query) => {
  await write({ [path]: text, "other.md": "Something else entirely, 完全不同的内容。" });
  await load();
  expect((await searchCorpus(sql, query))[0]).toMatchObject({ url: `corpus://${path}`, snippet: text });
});

test("nothing breaks a query", async () => {
  await write({ "a.md": "zebra" });
  await load();
  for (const query of ["", "???", "'); drop table corpus_files; --", "\\' & | ! <-> :*", "\0", "zebra ".repeat(20_000), "😀"]) {
    expect(Array.isArray(await searchCorpus(sql, query))).toBe(true);
  }
});

test("the providers: no hit is an answer, a foreign address is somebody else's, spellings of one address are one", async () => {
  await write({ "a b/c.md": "zebra here", "l.jsonl": '{"url":"https://a.test/x/","text":"okapi"}' });
  await load();
  expect(await corpusSearch(sql).ask("unicorn", signal)).toMatchObject({ ok: false, reason: "no-results" });
  expect(await corpusSearch(sql).ask("zebra", signal)).toMatchObject({
    ok: true,
    value: [{ url: "corpus://a%20b/c.md", site: "corpus" }],
  });
  const pages = corpusPages(sql);
  expect(await pages.ask("https://b.test/", signal)).toBeNull();
  expect(await pages.ask("https://a.test/x#part", signal)).toMatchObject({
    ok: true,
    value: { url: "https://a.test/x/", text: "okapi", status: 200, site: "a.test" },
  });
  expect(await pages.ask("corpus://a b/c.md", signal)).toMatchObject({ ok: true, value: { title: "c" } });
});
