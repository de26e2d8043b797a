import { siteOf } from "#lib/std/site-of.ts";
import { isChallenge } from "#lib/tools/reader/is-challenge.ts";
import { tidyText, tidyTitle } from "#lib/tools/reader/tidy-text.ts";
import type { PageRead } from "#lib/tools/tool.ts";
import type { Answer } from "./provider.ts";
import { webUrl } from "./web-url.ts";

interface RemotePage {
  requestedUrl: string;
  url?: string | null | undefined;
  title?: string | null | undefined;
  markdown?: string | null | undefined;
  /** What the site itself answered, where the reader says so. */
  siteStatus?: number | null | undefined;
  fetchedAt: string;
}

/** What a remote reader made of a page. It reads error pages, challenges and empty pages like any other; to us they are failures. */
export function remotePage(page: RemotePage): Answer<PageRead> {
  const { requestedUrl, siteStatus, fetchedAt } = page;
  if (siteStatus && siteStatus >= 400) return siteFailure(siteStatus);
  const [title, text] = [tidyTitle(page.title ?? ""), tidyText(page.markdown ?? "")];
  if (isChallenge({ title, text, html: text }))
    return { ok: false, reason: "refused", detail: "the site shows a challenge instead of the page" };
  if (!/[\p{L}\p{N}]/u.test(text)) return { ok: false, reason: "unreadable-page", detail: "there is no text in it" };
  const url = webUrl(page.url) ?? requestedUrl;
  return { ok: true, value: { requestedUrl, url, title: title || url, site: siteOf(url), text, status: siteStatus ?? 200, fetchedAt } };
}

/** Reasons that are about the page: the reader has done its work, and must neither be asked again nor be left alone for it. */
function siteFailure(status: number): Answer<never> {
  const detail = `the site answered HTTP ${status}`;
  if (status === 404 || status === 410) return { ok: false, reason: "not-found", detail };
  if (status === 401 || status === 403 || status === 429 || status === 451) return { ok: false, reason: "refused", detail };
  return { ok: false, reason: "unreadable-page", detail };
}
