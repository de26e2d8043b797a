import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { htmlToMarkdownResult, initSync } from "mdream/wasm";

let ready = false;

/**
 * HTML as Markdown, without images. Linear in its input whatever that is, so nested or broken pages do not slow it. The wasm build is the
 * one that exists on every platform. Throws when the converter panics.
 */
export function toMarkdown(html: string, url: string): string {
  if (!ready) initSync({ module: readFileSync(fileURLToPath(import.meta.resolve("mdream/wasm/mdream_edge_bg.wasm"))) });
  ready = true;
  const clean = { emptyLinks: true, emptyLinkText: true, emptyImages: true, selfLinkHeadings: true, redundantLinks: true };
  const filter = {
    exclude: ["img", "svg", "picture", "video", "audio", "iframe", "object", "script", "style", "noscript", "template", "head", "title"],
  };
  const tagOverrides = { sup: { enter: "^", exit: "" }, sub: { enter: "", exit: "" } };
  const result = htmlToMarkdownResult(html, { origin: url, clean, plugins: { filter, tagOverrides } }) as { markdown: string }; // typed `any` by wasm-bindgen
  return result.markdown;
}
