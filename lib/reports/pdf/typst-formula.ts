import { symbolMap, tex2typst } from "tex2typst";

const longest = 2000;
/** Functions of Typst's mathematics that the converter writes. None of them reads, imports or evaluates anything. */
const functions = `frac sqrt root upright bold cal bb frak italic mono sans serif scr op lim mat cases vec binom overline underline hat tilde dot
  accent cancel lr mid abs norm floor ceil attach limits scripts stretch overbrace underbrace overbracket underbracket display inline delim arrow
  macron breve acute grave caron circle diaer det gcd inf sup max min arg deg dim exp hom ker lg liminf limsup Pr sinh cosh tanh coth arcsin arccos
  arctan primes reverse none true false gap`;
const names = new Set([...functions.split(/\s+/), ...[...symbolMap.values()].filter((name) => /^[A-Za-z][A-Za-z.]*$/.test(name))]);
const token =
  /\s+|\\[^\p{L}\p{N}]?|"[^"\\#]*"|[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z]+)*|[0-9]+(?:\.[0-9]+)?|[\p{L}\p{M}\p{N}]|[-+*/=<>!?.,;:'|()[\]{}^_&~%]|\P{ASCII}/uy;

/**
 * A formula in Typst's mathematics, or null where it cannot be had. What the converter makes of TeX is the only markup in a document that is not
 * ours, so it has to consist of known names, letters, numbers and signs: nothing that leaves mathematics, no comment, no string with an escape.
 */
export function typstFormula(tex: string): string | null {
  if (tex.length > longest) return null;
  try {
    const typst = tex2typst(tex);
    return isPlainMath(typst) ? typst.replace(/\s+/g, " ").trim() : null;
  } catch {
    return null; // the converter throws where it does not know TeX's word
  }
}

function isPlainMath(typst: string): boolean {
  let at = 0;
  while (at < typst.length) {
    token.lastIndex = at;
    const found = token.exec(typst)?.[0];
    if (found === undefined) return false;
    // What is longer than a letter is looked up by Typst.
    if (/^[A-Za-z]{2}|^[A-Za-z][\d.]/.test(found) && !names.has(found)) return false;
    if (typst.startsWith("//", at) || typst.startsWith("/*", at)) return false;
    at += found.length;
  }
  return typst.trim() !== "";
}
