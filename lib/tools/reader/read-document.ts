import type { FailureReason } from "#lib/domain/outcome.ts";
import { decodeText } from "./decode-text.ts";
import { documentKind } from "./document-kind.ts";
import { isChallenge } from "./is-challenge.ts";
import { nameInUrl } from "./name-in-url.ts";
import { readHtml, readHtmlSimply } from "./read-html.ts";
import { tidyText, tidyTitle } from "./tidy-text.ts";

export interface DocumentJob {
  bytes: Uint8Array;
  contentType: string;
  url: string;
  /** Without extraction, in time linear in the length. */
  simply: boolean;
}

export type DocumentText = { ok: true; title: string; text: string } | { ok: false; reason: FailureReason; detail: string };

/** The title and text of a document of any kind we can read. Runs in the page child: third-party HTML is parsed nowhere else. */
export function readDocument({ bytes, contentType, url, simply }: DocumentJob): DocumentText {
  const kind = documentKind(bytes, contentType);
  if (kind === "binary") return { ok: false, reason: "unsupported-type", detail: "it is a binary file, not a text document" };
  const decoded = decodeText(bytes, contentType);
  if (kind === "html") return htmlDocument(decoded, url, simply);
  const text = tidyText(kind === "json" ? readableJson(decoded) : decoded);
  return withText({ title: headingOf(kind, text) ?? nameInUrl(url), text });
}

function htmlDocument(html: string, url: string, simply: boolean): DocumentText {
  const page = simply ? readHtmlSimply(html, url) : readHtml(html, url);
  const [title, text] = [tidyTitle(page.title), tidyText(page.text, page.cut)];
  if (isChallenge({ title, text, html })) return { ok: false, reason: "refused", detail: "the site shows a challenge instead of the page" };
  return withText({ title, text });
}

function withText(page: { title: string; text: string }): DocumentText {
  if (/[\p{L}\p{N}]/u.test(page.text)) return { ok: true, ...page };
  return { ok: false, reason: "unreadable-page", detail: "there is no text in it" };
}

/** Indented where that costs little; what is not JSON in spite of its type is shown as it came. */
function readableJson(text: string): string {
  if (text.length > 300_000) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const headingOf = (kind: string, text: string) =>
  kind === "markdown" ? (/^#{1,2} +(.+)$/m.exec(text.slice(0, 5_000))?.[1] ?? null) : null;
