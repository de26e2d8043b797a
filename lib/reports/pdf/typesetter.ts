import { createRequire } from "node:module";
import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { TypstFormula } from "./blocks.ts";
import { codeLiteral, literal } from "./literal.ts";
import type { TypstDocument } from "./to-typst.ts";
import { typstFormula } from "./typst-formula.ts";

export type Typeset =
  | {
      ok: true;
      pdf: Uint8Array;
      pages: number;
      /** Formulas that stand as their TeX, because Typst does not know them. */
      plainFormulas: number;
      /** Letters that no font has; each stands as an empty square. */
      missing: string[];
    }
  | { ok: false; reason: "no-letters" | "not-set"; detail: string };

/** Stands for what no font has. */
const square = "□";
/** So many different letters without a font are a script of their own: a page of squares is no export. */
const mostMissing = 40;

/** Letters that only the font of ours has. Without them it is not loaded: it takes 40 MB. */
const asian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/**
 * Sets documents with a compiler that has no folder to read from; nothing in a document asks for a file or a package.
 * `folder`: one that is not there. `font`: gives the letters that Typst does not bring. `collect`: takes back memory that is no longer used.
 */
export function openTypesetter(folder: string, font: () => Buffer, collect: () => void = () => {}): (document: TypstDocument) => Typeset {
  const { NodeCompiler } = createRequire(import.meta.url)("@myriaddreamin/typst-ts-node-compiler") as { NodeCompiler: NodeCompilerClass };
  const compilers = new Map<boolean, NodeCompiler>();
  const compilerFor = (needsFont: boolean): NodeCompiler => {
    const known = compilers.get(true) ?? compilers.get(needsFont);
    if (known) return known;
    compilers.clear();
    const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: needsFont ? [font()] : [] }] });
    compilers.set(needsFont, compiler);
    collect(); // the compiler has its own copy of the font
    return compiler;
  };
  const known = new Map<string, boolean>();
  return (document) => {
    const compiler = compilerFor(asian.test(document.source));
    compiler.resetShadow();
    for (const [n, bytes] of document.figures) compiler.mapShadow(`${folder}/figure-${n}.png`, Buffer.from(bytes));
    const set = setter(compiler, document.createdAt);
    const formulas = document.formulas.map((formula) => settled(formula, set, known));
    const plainFormulas = formulas.filter(({ isPlain }) => isPlain).length;
    const source = `#let formulas = (${formulas.map(({ code }) => code).join(", ")}${formulas.length > 0 ? "," : ""})\n#let formula(n) = formulas.at(n)\n${document.source}`;
    const ending = withLetters(source, set);
    compiler.evictCache(0);
    return ending.ok ? { ...ending, plainFormulas } : ending;
  };
}

type NodeCompilerClass = typeof NodeCompiler;
type Set = (source: string) => { ok: true; pdf: Uint8Array; pages: number } | { ok: false; detail: string };

function setter(compiler: NodeCompiler, createdAt: number): Set {
  return (source) => {
    const compiled = compiler.compile({ mainFileContent: source });
    const document = compiled.result;
    if (!document) return { ok: false, detail: messagesOf(compiled.takeDiagnostics()?.shortDiagnostics) };
    try {
      const pdf = compiler.pdf(document, { pdfStandard: "ua-1", creationTimestamp: createdAt });
      return { ok: true, pdf, pages: document.numOfPages };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  };
}

const messagesOf = (diagnostics: unknown): string =>
  Array.isArray(diagnostics) ? diagnostics.map((each) => String(each?.message)).join("; ") : "no message";

/** Sets a document; letters that no font has are told by Typst one after the other and become squares. */
function withLetters(
  source: string,
  set: Set,
): Exclude<Typeset, { ok: true }> | { ok: true; pdf: Uint8Array; pages: number; missing: string[] } {
  const missing: string[] = [];
  for (let text = source; ; ) {
    const ending = set(text);
    if (ending.ok) return { ...ending, missing };
    const letters = [...ending.detail.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/gu)].flatMap((match) => [
      ...(match[1] ?? ""),
    ]);
    const found = [...new Set(letters)].filter((letter) => letter !== square && !missing.includes(letter) && text.includes(letter));
    if (found.length === 0) return { ok: false, reason: "not-set", detail: ending.detail.slice(0, 500) };
    missing.push(...found);
    if (missing.length > mostMissing) return { ok: false, reason: "no-letters", detail: missing.slice(0, mostMissing).join(" ") };
    text = text.replace(new RegExp(`[${found.map((letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`).join("")}]`, "gu"), square);
  }
}

/** A formula as code. It has to compile alone, so that one that does not cannot take the document with it. */
function settled({ tex, display }: TypstFormula, set: Set, known: Map<string, boolean>): { code: string; isPlain: boolean } {
  const typst = typstFormula(tex);
  const code = typst === null ? null : `math.equation(block: ${display}, alt: ${literal(tex)}, $${display ? ` ${typst} ` : typst}$)`;
  if (code !== null) {
    if (known.size > 5000) known.clear();
    const isKnown = known.get(code) ?? set(`#set document(title: "x")\n#${code}`).ok;
    known.set(code, isKnown);
    if (isKnown) return { code, isPlain: false };
  }
  return { code: `raw(block: ${display}, ${codeLiteral(tex)})`, isPlain: true };
}
