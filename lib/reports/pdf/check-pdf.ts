import { inflateSync } from "node:zlib";

/** What a reader of tags finds in a PDF. */
export interface PdfTags {
  /** The levels of its headings, in order. */
  headings: number[];
  tables: number;
  headerCells: number;
  /** Links of the tree, in order: whether each leaves the file, stands in the contents, and behind how many headings. */
  links: { leaves: boolean; inContents: boolean; headings: number }[];
  formulas: number;
  /** Formulas and figures without a description. */
  undescribed: number;
}

/** What is wrong with a PDF for whoever has it read aloud; empty where all is right. The points are those of PDF/UA-1 that can be told from the file. */
export function checkPdf(pdf: Uint8Array): { problems: string[]; tags: PdfTags } {
  const objects = objectsOf(Buffer.from(pdf));
  const all = objects.join("\n");
  const elements = objects.filter((object) => /\/Type\s*\/StructElem/.test(object));
  const ofKind = (kind: string) => elements.filter((object) => kindOf(object) === kind);
  const annotations = objects.filter((object) => /\/Subtype\s*\/Link/.test(object));
  const { headings, links } = read(objects, elements, annotations);
  const described = [...ofKind("Formula"), ...ofKind("Figure")];
  const tags: PdfTags = {
    headings,
    tables: ofKind("Table").length,
    headerCells: ofKind("TH").length,
    links,
    formulas: ofKind("Formula").length,
    undescribed: described.filter((object) => !/\/Alt\s*[(<]/.test(object)).length,
  };
  const points: [boolean, string][] = [
    [/\/MarkInfo\s*<<[^>]*\/Marked\s+true/.test(all), "is not marked as tagged"],
    [/\/Type\s*\/Catalog[\s\S]*?\/Lang\s*[(<]/.test(all), "has no language"],
    [/\/DisplayDocTitle\s+true/.test(all), "does not show its title"],
    [/<dc:title>[\s\S]*?\S[\s\S]*?<\/dc:title>/.test(all), "has no title"],
    [/pdfuaid:part/.test(all), "does not say that it is PDF/UA"],
    [/\/Type\s*\/StructTreeRoot/.test(all), "has no structure tree"],
    [headings.every((level, place) => level <= (headings[place - 1] ?? 0) + 1), `jumps over a heading: ${headings.join(" ")}`],
    [headings.length === 0 || /\/Type\s*\/Outlines/.test(all) || /\/Outlines\s/.test(all), "has no outline"],
    [tags.tables === 0 || tags.headerCells > 0, "has tables without header cells"],
    [annotations.length === 0 || links.length > 0, "has links that are not tagged"],
    [annotations.every((object) => /\/Contents\s*[(<]/.test(object)), "has links without a description"],
    [tags.undescribed === 0, "has formulas or figures without a description"],
  ];
  return { problems: points.filter(([holds]) => !holds).map(([, problem]) => problem), tags };
}

/** The bodies of all objects, those in compressed streams too; and the metadata, which is plain text. */
function objectsOf(pdf: Buffer): string[] {
  const text = pdf.toString("latin1");
  const found: string[] = [];
  for (const match of text.matchAll(/(\d+) \d+ obj\b([\s\S]*?)\bendobj/g)) {
    const body = match[2] ?? "";
    const stream = body.search(/\bstream\r?\n/);
    const head = stream < 0 ? body : body.slice(0, stream);
    found.push(`${match[1]} obj ${head}`);
    if (stream < 0) continue;
    const from = match.index + match[0].search(/(?<=\bstream\r?\n)/);
    const length = Number(/\/Length\s+(\d+)/.exec(head)?.[1]);
    if (/\/Type\s*\/Metadata/.test(head)) found.push(pdf.subarray(from, from + length).toString("utf8"));
    if (/\/Type\s*\/ObjStm/.test(head)) found.push(...packed(pdf.subarray(from, from + length), head));
  }
  return found;
}

function packed(bytes: Buffer, head: string): string[] {
  const data = inflateSync(bytes).toString("latin1");
  const first = Number(/\/First\s+(\d+)/.exec(head)?.[1]);
  const numbers = data.slice(0, first).trim().split(/\s+/).map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, place) => {
    const [name, start, end] = [numbers[place * 2], numbers[place * 2 + 1] ?? 0, numbers[place * 2 + 3]];
    return `${name} obj ${data.slice(first + start, end === undefined ? undefined : first + end)}`;
  });
}

/** The headings and links as the tree has them, which is how they are read. */
function read(
  objects: readonly string[],
  elements: readonly string[],
  annotations: readonly string[],
): Pick<PdfTags, "headings" | "links"> {
  const numberOf = (object: string) => Number(/^\d+/.exec(object)?.[0]);
  const byNumber = new Map(elements.map((object) => [numberOf(object), object]));
  const leaving = new Set(annotations.filter((object) => /\/S\s*\/URI/.test(object)).map(numberOf));
  const headings: number[] = [];
  const links: PdfTags["links"] = [];
  const root = objects.find((object) => /\/Type\s*\/StructTreeRoot/.test(object));
  const open = root ? [{ object: root, inContents: false }] : [];
  for (let at = open.pop(); at; at = open.pop()) {
    const kind = kindOf(at.object);
    const references = [...kidsOf(at.object).matchAll(/(\d+) 0 R/g)].map((match) => Number(match[1]));
    if (/^H[1-6]$/.test(kind)) headings.push(Number(kind[1]));
    if (kind === "Link") {
      links.push({ leaves: references.some((number) => leaving.has(number)), inContents: at.inContents, headings: headings.length });
    }
    const inContents = at.inContents || kind === "TOC";
    open.push(
      ...references
        .flatMap((number) => byNumber.get(number) ?? [])
        .map((object) => ({ object, inContents }))
        .reverse(),
    );
  }
  return { headings, links };
}

const kindOf = (object: string) => /\/S\s*\/(\w+)/.exec(object)?.[1] ?? "";

/** What stands behind `/K`, with the dictionaries in it that name the links of a page. */
function kidsOf(object: string): string {
  const start = /\/K\s*(?=\[|\d|<<)/.exec(object);
  if (!start) return "";
  const from = start.index + start[0].length;
  if (object[from] !== "[") return /^(?:\d+ 0 R|<<[^>]*>>)/.exec(object.slice(from))?.[0] ?? "";
  return object.slice(from, object.indexOf("]", from));
}
