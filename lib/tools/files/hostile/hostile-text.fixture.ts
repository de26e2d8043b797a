import { hostile } from "./hostile-case.fixture.ts";

const sentence = "Readers want whole sentences, with commas in them. ";
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const utf8 = (text: string) => () => Buffer.from(text);
const hex = (text: string) => () => Buffer.from(text.replaceAll(" ", ""), "hex");

/** The same noise in every run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12_345;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

const plain = [
  hostile("an empty file", "a.txt", "", "unreadable-page"),
  hostile("an empty file called PDF", "a.pdf", "", "unreadable-page"),
  hostile("one letter", "a.txt", "a", "text"),
  hostile("nothing but white space", "a.txt", " \n\t\r\n", "unreadable-page"),
  hostile("a byte order mark alone", "a.txt", "\xef\xbb\xbf", "unreadable-page"),
  hostile("zeros", "a.txt", () => Buffer.alloc(100_000), "unsupported-type"),
  hostile("a stray NUL", "a.txt", `${sentence}\0${sentence}`, "text", { lacks: "\0" }),
  hostile("NUL in a table", "a.csv", "name,count\nalpha,1\0\nbeta,2\n", "text", { lacks: "\0" }),
  hostile("every other byte NUL", "a.txt", "a\0b\0".repeat(5_000), "unsupported-type"),
  hostile(
    "text with a program behind it",
    "a.txt",
    () => Buffer.concat([Buffer.from(sentence.repeat(200)), noise(100_000)]),
    "unsupported-type",
  ),
  hostile("noise", "a.txt", () => noise(50_000), "unsupported-type"),
  hostile("a line of 10 MB", "a.txt", () => "word ".repeat(2_000_000), "text", { contains: "The document goes on" }),
  hostile("a word of 10 MB", "a.txt", () => "x".repeat(10_000_000), "text"),
  hostile("15 MB of empty lines", "a.txt", () => `a${"\n".repeat(15_000_000)}b`, "text"),
  hostile("21 MB", "a.txt", () => "word ".repeat(4_200_000), "too-large", { contains: "it has 21 MB, the limit is 20 MB" }),
  hostile("only carriage returns", "a.txt", "one\rtwo\rthree", "text", { contains: "one\ntwo\nthree" }),
  hostile("terminal colours", "a.txt", "\x1b[31mred\x1b[0m and plain", "text"),
  hostile("letters that turn the direction", "a.txt", utf8("invoice \u202excod.exe and more"), "text"),
  hostile("a shell script", "a.txt", "#!/bin/sh\nrm -rf / # never run", "text", { contains: "rm -rf" }),
  hostile("a name that is a path", "../../etc/passwd", "only text", "text", { contains: "only text" }),
  hostile("a name of 10,000 letters", `${"n".repeat(10_000)}.csv`, "a,b\n1,2\n", "text", { contains: "| a | b |" }),
  hostile("an empty name", "", "only text", "text"),
];

const encodings = [
  hostile("UTF-8 with a mark", "a.txt", utf8("\ufeffnaïve"), "text", { contains: "naïve" }),
  hostile("UTF-8 cut inside a letter", "a.txt", () => Buffer.from("naïve café").subarray(0, -1), "text", { contains: "na" }),
  hostile("UTF-16, little end first", "a.txt", () => Buffer.from("\ufeffÜber uns, 文字", "utf16le"), "text", {
    contains: "Über uns, 文字",
  }),
  hostile("UTF-16, big end first", "a.txt", () => utf16be("\ufeffÜber uns, 文字"), "text", { contains: "Über uns, 文字" }),
  hostile(
    "UTF-16 with half a letter at its end",
    "a.txt",
    () => Buffer.concat([Buffer.from(`\ufeff${sentence}`, "utf16le"), Buffer.from("x")]),
    "text",
  ),
  hostile("UTF-16 with half a pair", "a.txt", () => Buffer.from("\ufeffwords and \ud83d more words", "utf16le"), "text", {
    lacks: "\ud83d",
  }),
  hostile("a table in UTF-16", "a.tsv", () => Buffer.from("\ufeffa\tb\n1\t2\n", "utf16le"), "text", { contains: "| a | b |" }),
  hostile("GB18030", "a.txt", hex("d6d0b9faccecc6f8a3acbdf1ccecd3d0d3eaa1a3c3f7ccecc7eccce5a1a3".repeat(8)), "text", {
    contains: "中国天气",
  }),
  hostile("Shift_JIS", "a.txt", hex("93fa967b8cea82cc95b68e9a83528381836782c582b78142".repeat(8)), "text", { contains: "日本語" }),
  hostile("EUC-KR", "a.txt", hex("c7d1b1b9beeec0c720b9aec0e5c0cfc1a1b4cfb4d92e20".repeat(8)), "text", { contains: "한국어" }),
  hostile("ISO-2022-JP", "a.txt", "\x1b$BF|K\\8l\x1b(B text in Japanese".repeat(4), "text"),
  hostile("windows-1251", "a.txt", hex("cff0e8e2e5f22c20ecb8f02120dfe7fbea20ede0f8".repeat(8)), "text", { contains: "Привет" }),
  hostile("windows-1252", "a.txt", "caf\xe9 \x93quoted\x94 \x80 5", "text", { contains: "café" }),
];

const signatures: [title: string, start: string][] = [
  ["a PNG picture", "89504e470d0a1a0a0000000d49484452000001"],
  ["a JPEG picture", "ffd8ffe000104a46494600010100"],
  ["a GIF picture", "474946383961010001008000ff00"],
  ["a WebP picture", "52494646ff00000057454250565038200000"],
  ["a TIFF picture", "49492a000800000000000000"],
  ["a Windows program", "4d5a90000300000004000000ffff0000b800"],
  ["a Linux program", "7f454c46020101000000000000000000"],
  ["a Mac program", "cffaedfe070000010300000002000000"],
  ["a WebAssembly module", "0061736d01000000"],
  ["a Java class", "cafebabe0000003400"],
  ["a gzip archive", "1f8b0800000000000003"],
  ["a 7z archive", "377abcaf271c0004"],
  ["a RAR archive", "526172211a0701000000"],
  ["an XZ archive", "fd377a585a000004"],
  ["a film", "000000206674797069736f6d0000020069736f6d"],
  ["an Ogg sound", "4f676753000200000000000000000000"],
  ["an MP3 with a tag", "494433040000000000"],
  ["an MP3 that begins as UTF-16 does", "fffe900000000000fffb900000000000"],
  ["a FLAC sound", "664c614300000022"],
  ["a wave sound", "52494646ff00000057415645666d7420"],
  ["a database", "53514c69746520666f726d6174203300"],
  ["a font", "000100000010010000040000"],
];
const binaries = signatures.map(([title, start]) =>
  hostile(`${title} called PDF`, "report.pdf", () => Buffer.concat([Buffer.from(start, "hex"), noise(4_000)]), "unsupported-type"),
);

const tables = [
  hostile("50,000 columns", "a.csv", () => `${"c,".repeat(50_000)}\n${"1,".repeat(50_000)}\n`, "text"),
  hostile("a table in one line of 5 MB", "a.csv", () => "value,".repeat(900_000), "text"),
  hostile("a quote that never ends", "a.csv", () => `a,"${"b,c\n".repeat(1_000_000)}`, "text"),
  hostile("2,000,000 quotes", "a.csv", () => `a,${'"'.repeat(2_000_000)}`, "text"),
  hostile("quotes at odds", "a.csv", 'a,b\n"x"y"z",2\n""",3\n', "text"),
  hostile("3,000,000 rows", "a.csv", () => "a,b\n".repeat(3_000_000), "text", { contains: "The document goes on" }),
  hostile("a wide row and 9,000 short ones", "a.csv", () => `${"c,".repeat(20_000)}\n${"1\n".repeat(9_000)}`, "text"),
  hostile(
    "a cell further right in every row",
    "a.csv",
    () => Array.from({ length: 5_000 }, (_, index) => `${",".repeat(index)}x`).join("\n"),
    "text",
  ),
  hostile("rows of every length", "a.csv", "a\n1,2,3\n\n,\n4,5\n", "text", { contains: "| 1 | 2 | 3 |" }),
  hostile("nothing but delimiters", "a.csv", ",,,\n,,,\n", "unreadable-page"),
  hostile("a table divided by semicolons", "a.csv", "a;b\n1,5;2\n3,5;4\n", "text", { contains: "| 1,5 | 2 |" }),
  hostile("pipes and lines in cells", "a.csv", '"a|b","c\nd"\n1,2\n', "text", { contains: "| a\\|b | c d |" }),
  hostile("a formula that starts a program", "a.csv", "=cmd|' /C calc'!A0,1\n", "text", { contains: "=cmd" }),
];

const marked = [
  hostile("JSON nested 1,000,000 deep", "a.json", () => `${"[".repeat(1_000_000)}1`, "text"),
  hostile("JSON closed 100,000 deep", "a.json", () => `${"[".repeat(100_000)}1${"]".repeat(100_000)}`, "text"),
  hostile("broken JSON", "a.json", '{"a": 1, ', "text"),
  hostile("JSON that names a prototype", "a.json", '{"__proto__": {"polluted": "yes"}}', "text"),
  hostile("JSON in one line of 5 MB", "a.json", () => `[${"12345,".repeat(800_000)}0]`, "text"),
  hostile("lines of JSON, some broken", "a.jsonl", '{"a":1}\nnot json\n{"b":2}', "text"),
  hostile("100,000 nested divs", "a.html", () => `${"<div>".repeat(100_000)}the end of it`, "text", { contains: "the end of it" }),
  hostile("a page of scripts", "a.html", "<title>T</title><script>steal()</script><p>words here</p>", "text", { lacks: "steal" }),
  hostile(
    "a page that loads and redirects",
    "a.html",
    '<meta http-equiv=refresh content="0;url=http://127.0.0.1/"><img src=http://127.0.0.1/x><p>words',
    "text",
  ),
  hostile("a page called text", "a.txt", "<!doctype html><title>T</title><p>words in it", "text", { lacks: "<p>" }),
  hostile("100,000 comments that begin no page", "a.txt", () => `${"<!---->".repeat(100_000)}words`, "text"),
  hostile(
    "a picture of text with a script",
    "a.svg",
    "<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script><text>words</text></svg>",
    "text",
  ),
  hostile(
    "XML that grows",
    "a.xml",
    `<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "${"&b;".repeat(1_000)}">]><a>${"&c;".repeat(1_000)}</a>`,
    "text",
    {
      contains: "&c;",
    },
  ),
  hostile("XML that reads a file", "a.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "text", { lacks: "root:" }),
  hostile("100,000 nested quotes in Markdown", "a.md", () => `${">".repeat(100_000)} words`, "text"),
  hostile("HTML in Markdown", "a.md", "# Title\n\n<script>alert(1)</script>", "text"),
];

/** Texts, tables and marked-up text, and everything that only says it is one. */
export const hostileTexts = [...plain, ...encodings, ...binaries, ...tables, ...marked];
