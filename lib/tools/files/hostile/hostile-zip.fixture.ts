import { deflateRawSync } from "node:zlib";
import { docxOf, wordParagraph, wordXml } from "#lib/tools/files/documents.fixture.ts";
import { type ZipEntry, zipOf } from "#lib/tools/files/zip.fixture.ts";
import { hostile } from "./hostile-case.fixture.ts";

const words = { contains: "Some words in it." };
const text = (name: string | Buffer, more: Partial<ZipEntry> = {}): ZipEntry => ({ name, content: "Some words in it.", ...more });
const good = text("good.txt");
const picture = Buffer.from("89504e470d0a1a0a0000000d", "hex");
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));

/** Sixteen archives in each of sixteen archives, and so on, around 10 MB of one letter. */
function nested(depth: number): Buffer {
  const inner = depth === 0 ? Buffer.alloc(10_000_000, "a") : nested(depth - 1);
  return zipOf(times(16, (index) => ({ name: `lib ${index}.zip`, content: inner })));
}

function overlapping(count: number): Buffer {
  const kernel = { name: "0", packed: deflateRawSync(Buffer.alloc(1_000_000, "a")), declaredBytes: 1_000_000 };
  return zipOf([kernel, ...times(count, (index) => ({ ...kernel, name: `${index + 1}`, offset: 0 }))]);
}

const withField = (bytes: Buffer, signature: string, at: number, value: number) => {
  const changed = Buffer.from(bytes);
  changed.writeUInt32LE(value, changed.lastIndexOf(Buffer.from(signature, "latin1")) + at);
  return changed;
};

/** Archives: bombs, names that are paths, lists that lie. */
export const hostileZips = [
  hostile("an empty archive", "a.zip", () => zipOf([]), "unreadable-page"),
  hostile("an archive of folders", "a.zip", () => zipOf([{ name: "a/" }, { name: "a/b/" }]), "unreadable-page"),
  hostile("an archive cut off", "a.zip", () => zipOf([good]).subarray(0, -10), "damaged"),
  hostile("four bytes of an archive", "a.zip", "PK\x03\x04", "damaged"),
  hostile("an archive with bytes behind it", "a.zip", () => Buffer.concat([zipOf([good]), Buffer.from("more")]), "damaged"),
  hostile("a list that lies elsewhere", "a.zip", () => withField(zipOf([good]), "PK\x05\x06", 16, 4_000_000_000), "damaged"),
  hostile("a list that names more than there is", "a.zip", () => zipOf([good], { declaredCount: 4 }), "damaged"),
  hostile("a second end in its comment", "a.zip", () => zipOf([good], { comment: "PK\x05\x06".padEnd(30, "\0") }), "damaged"),
  hostile("100,000 members", "a.zip", () => zipOf(times(65_000, (index) => ({ name: `${index}`, stored: true }))), "too-large"),
  hostile("an archive of archives", "a.zip", () => zipOf([{ name: "in.zip", content: zipOf([good]) }]), "unreadable-page", {
    contains: "not opened",
  }),
  hostile(
    "an archive of an archive and a text",
    "a.zip",
    () => zipOf([{ name: "in.zip", content: zipOf([text("deep.txt")]) }, good]),
    "text",
    { ...words, lacks: "deep.txt" },
  ),
  hostile("four levels of sixteen archives", "a.zip", () => nested(3), "unreadable-page"),
  hostile(
    "a bomb of one member",
    "a.zip",
    () => zipOf([{ name: "a", packed: deflateRawSync(Buffer.alloc(1_000_000)), declaredBytes: 4_000_000_000 }]),
    "too-large",
  ),
  hostile("members that lie over each other", "a.zip", () => overlapping(4_000), "too-large"),
  hostile("members that lie over each other, fewer", "a.zip", () => overlapping(90), "too-large", { contains: "times its size" }),
  hostile(
    "an archive that holds itself",
    "a.zip",
    () => zipOf([{ name: "a.zip", content: zipOf([{ name: "a.zip", content: zipOf([good]) }]) }]),
    "unreadable-page",
  ),
  hostile(
    "a member that hides its size",
    "a.zip",
    () => zipOf([{ name: "a.txt", packed: deflateRawSync(Buffer.alloc(200_000_000, "a")), declaredBytes: 100 }, good]),
    "text",
    { ...words, lacks: "aaaa" },
  ),
  hostile("a member that exaggerates its size", "a.zip", () => zipOf([text("a.txt", { declaredBytes: 90_000 })]), "text", words),
  hostile(
    "a member larger than a file may be",
    "a.zip",
    () => zipOf([text("a.txt", { declaredBytes: 30_000_000, packed: Buffer.alloc(200_000) }), good]),
    "text",
    { contains: "it has 30 MB" },
  ),
  hostile("a member that is somewhere else", "a.zip", () => zipOf([text("a.txt", { offset: 3_000_000 }), good]), "text", {
    contains: "not where the archive says",
  }),
  hostile(
    "members packed in another way",
    "a.zip",
    () => withField(withField(zipOf([good]), "PK\x01\x02", 10, 12), "PK\x03\x04", 8, 12),
    "unreadable-page",
    { contains: "could not be unpacked" },
  ),
  hostile("members with a password", "a.zip", () => zipOf([text("a.txt", { encrypted: true })]), "encrypted"),
  hostile("one member with a password", "a.zip", () => zipOf([text("a.txt", { encrypted: true }), good]), "text", {
    contains: "a.txt: not read, it needs a password",
  }),
  hostile("members encrypted in another way", "a.zip", () => withField(zipOf([good]), "PK\x01\x02", 8, 0x00080041), "encrypted"),
  hostile("names that leave their folder", "a.zip", () => zipOf([text("../../../etc/cron.d/evil")]), "text", words),
  hostile(
    "absolute names",
    "a.zip",
    () => zipOf([text("/etc/passwd"), text("C:\\Windows\\x.txt"), text("\\\\server\\share.txt")]),
    "text",
    words,
  ),
  hostile("a name with a NUL and a line end", "a.zip", () => zipOf([text("a\0b\n- c.txt")]), "text", { ...words, lacks: "\n- c.txt" }),
  hostile("a name that is no text", "a.zip", () => zipOf([text(Buffer.from([0xff, 0xfe, 0x80, 0x2e]))]), "text", words),
  hostile("a name of 60,000 letters", "a.zip", () => zipOf([text("n".repeat(60_000))]), "text", words),
  hostile("no name", "a.zip", () => zipOf([text("")]), "text", words),
  hostile("the same name twice", "a.zip", () => zipOf([good, good]), "text", { contains: "good.txt" }),
  hostile("a name that is a prototype's", "a.zip", () => zipOf([text("__proto__"), text("constructor")]), "text", words),
  hostile("what systems leave in archives", "a.zip", () => zipOf([good, text("__MACOSX/._good.txt"), text(".DS_Store")]), "text", {
    lacks: "DS_Store",
  }),
  hostile("30 texts", "a.zip", () => zipOf(times(30, (index) => text(`${index}.txt`))), "text", { contains: "29.txt: not read" }),
  hostile(
    "1,000 pictures and a text",
    "a.zip",
    () => zipOf([...times(1_000, (index) => ({ name: `${index}.png`, content: picture })), good]),
    "text",
    words,
  ),
  hostile(
    "a broken document and a text",
    "a.zip",
    () => zipOf([{ name: "a.docx", content: docxOf("\x00\x01") }, { name: "a.pdf", content: "%PDF-1.7" }, good]),
    "text",
    words,
  ),
  hostile(
    "a bomb in a document in an archive",
    "a.zip",
    () =>
      zipOf([
        {
          name: "a.docx",
          content: zipOf([
            { name: "[Content_Types].xml", content: "x" },
            { name: "word/document.xml", packed: Buffer.alloc(1_000), declaredBytes: 900_000_000 },
          ]),
        },
        good,
      ]),
    "text",
    { contains: "it unpacks to 900 MB" },
  ),
  hostile(
    "a document in an archive",
    "a.zip",
    () => zipOf([{ name: "in/a.docx", content: docxOf(wordXml(wordParagraph("Some words in it."))) }]),
    "text",
    words,
  ),
];
