import type { Nodes, Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { parsedOrNull } from "./parsed-or-null.ts";

const parser = unified().use(remarkParse).use(remarkGfm);

/** Each pass takes out everything that the last parse found, and what comes to light by that is seldom more than one layer. */
const mostPasses = 8;

/**
 * Markdown in which a parser finds no HTML but line breaks, no picture, no address that is neither http, https nor mailto, and no footnote. Such
 * things are made letters where they stand, so code keeps its own. `notes`: the numbers of the footnotes that are written behind it; a mark of
 * one stays a mark, and code that never ends does not swallow them. The tree costs far more than the text, so it is made only where the text has signs that could be one of these.
 */
export function settled(markdown: string, notes: readonly number[]): string {
  if (!mayHarm(markdown)) return markdown;
  // With its footnotes behind it, because a mark is only one where there is a note.
  const behind = `\n\n${notes.map((n) => `[^${n}]: x\n`).join("")}`;
  let text = markdown;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const tree = parsedOrNull(parser, text + behind);
    if (tree === null) return fenced(text);
    const edits = editsOf(tree, text);
    if (edits === null) return fenced(text);
    const open = openFence(tree, text);
    if (edits.size === 0 && open === "") return text;
    text = apply(text, edits) + open;
  }
  return fenced(text);
}

const safeAddress = /^(?:https?:\/\/|mailto:)/i;
const lineBreak = /^<br\s*\/?>$/i;
const signs =
  /<(?!br\s*\/?>|https?:\/\/)[a-z/!?]|!\[|\](?:\(\s*<?(?!\s|<|https?:\/\/|mailto:)|:(?!\s*<?(?:https?:\/\/|mailto:)))|\[\^(?!\d+\](?!:))/i;
const mayHarm = (markdown: string) => signs.test(markdown) || !hasPlainFences(markdown);

/** Whether all code in fences begins and ends at the edge of the page, each with the same sign: then none goes on beyond the end. */
function hasPlainFences(markdown: string): boolean {
  const marks = [...markdown.matchAll(/^([^\p{L}\n\r`~]*)(`{3,}|~{3,})(.*)$/gmu)];
  return marks.every(([, before, sign, rest = ""], index) => {
    const opens = index % 2 === 0;
    const fits = opens ? marks[index + 1]?.[2] === sign && !/[`~]/.test(rest) : rest.trim() === "";
    return before === "" && fits;
  });
}

/** What stands at an offset from now on in place of so many letters. */
type Edits = Map<number, { length: number; text: string }>;

/** Null where something has no place. Without recursion: the text decides how deep it is nested. */
function editsOf(tree: Root, text: string): Edits | null {
  const edits: Edits = new Map();
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if ("children" in node) open.push(...(node.children as Nodes[]));
    if (!isHarm(node)) continue;
    const [start, end] = [node.position?.start.offset, node.position?.end.offset];
    if (start === undefined || end === undefined) return null;
    if (start >= text.length) continue;
    const found = editOf(node, text, { start, end });
    if (!found) return null;
    for (const { at, ...edit } of found) edits.set(at, edit);
  }
  return edits;
}

function isHarm(node: Nodes): boolean {
  switch (node.type) {
    case "html":
      return !lineBreak.test(node.value);
    case "image":
    case "imageReference":
    case "footnoteDefinition":
      return true;
    case "link":
    case "definition":
      return !safeAddress.test(node.url);
    default:
      return false;
  }
}

/** What closes the code that goes on beyond the end of the text. */
function openFence(tree: Root, text: string): string {
  const last = tree.children.at(-1)?.position;
  if (tree.children.at(-1)?.type !== "code" || !last || (last.start.offset ?? 0) >= text.length || (last.end.offset ?? 0) <= text.length)
    return "";
  const sign = /(?:`{3,}|~{3,})/.exec(text.slice(last.start.offset));
  return sign ? `\n${sign[0]}` : "";
}

interface Edit {
  at: number;
  length: number;
  text: string;
}

function editOf(node: Nodes, text: string, { start, end }: { start: number; end: number }): Edit[] | null {
  const source = text.slice(start, end);
  if (node.type === "html" || (node.type === "link" && source.startsWith("<"))) {
    const tags = [...source.matchAll(/<(?!br\s*\/?>)/gi)].map(({ index }) => ({ at: start + index, length: 1, text: "&lt;" }));
    return tags.length > 0 ? tags : null;
  }
  // A mark of ours at the beginning of an item is no note: the colon behind it is.
  const ours = node.type === "footnoteDefinition" ? /^\[\^\d+\](?=:)/.exec(source) : null;
  if (ours) return [{ at: start + ours[0].length, length: 0, text: "\\" }];
  const bracket = source.indexOf("[");
  return bracket < 0 ? null : [{ at: start + bracket, length: 0, text: "\\" }];
}

function apply(text: string, edits: Edits): string {
  let out = "";
  let last = 0;
  for (const [at, edit] of [...edits].toSorted(([one], [other]) => one - other)) {
    out += text.slice(last, at) + edit.text;
    last = at + edit.length;
  }
  return out + text.slice(last);
}

/** The last resort, for a text that was made to be none: all of it as code, in a fence longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
