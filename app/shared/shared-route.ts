import "server-only";
import { database } from "#db/database.ts";
import { openShare } from "#db/queries/shares.ts";
import { opens, type Share, type ShareScope } from "#lib/domain/share.ts";
import { brokenPage, closedPage } from "#lib/reports/html-document/message-pages.ts";
import { pagePolicy } from "#lib/reports/html-document/policy.ts";
import { tokenForm } from "#lib/web/browser-cookie.ts";
import { isOurHost } from "#lib/web/guard.ts";
import { addressOf, guesses } from "#lib/web/guess-limit.ts";
import { outageHeaders } from "#lib/web/outage-wait.ts";

interface Call<P> {
  request: Request;
  share: Share;
  /** The path of the shared page. */
  base: string;
  params: P;
}
type Handler<P> = (call: Call<P>) => Promise<Response | null>;

/**
 * Wraps what is shared by link. A token is looked up at every request, so one that was revoked opens nothing from then on. Whatever does not open, or not this part, is
 * the same 404. No cookie is read or set, and who is asking is not asked: the link is the permission.
 */
export function sharedRoute<P extends { token: string }>(part: ShareScope, handler: Handler<P>) {
  return async (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response> => {
    const params = (await context.params) as P; // Next fills in exactly the names of the folder
    const address = addressOf(request);
    if (!isOurHost(request.headers.get("host"))) return closed();
    try {
      const share = tokenForm.test(params.token) ? await openShare(database().sql, params.token) : null;
      if (!share) return missed(address);
      if (!opens(share.scope, part)) return closed();
      const began = performance.now();
      const response = await handler({ request, share, base: `/shared/${params.token}`, params });
      // What took long to make may have been revoked meanwhile.
      if (performance.now() - began > promptMs && !(await openShare(database().sql, params.token))) return closed();
      return response ? sealed(response, share.indexable && part === "report") : closed();
    } catch (error) {
      console.error("[web]", error);
      const away = outageHeaders(error);
      return sealed(away ? page(brokenPage, 503, away) : page(brokenPage, 500), false);
    }
  };
}

/** A revoked link is closed within a second. */
const promptMs = 500;

/** A link that does not open. Who tries many has to wait, but a link that opens is never kept from anybody. */
function missed(address: string): Response {
  const wait = guesses.waitOf(address);
  guesses.missed(address);
  return wait > 0 ? closed(429, { "retry-after": String(wait) }) : closed();
}

export const closed = (status = 404, headers: Record<string, string> = {}): Response =>
  sealed(new Response(closedPage, { status, headers: { "content-type": "text/html; charset=utf-8", ...headers } }), false);

export const page = (html: string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8", ...headers } });

/** A name in robots.txt would keep crawlers from reading that they may not list it, so it is said here. */
function sealed(response: Response, indexable: boolean): Response {
  response.headers.set("content-security-policy", pagePolicy);
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("cache-control", "private, no-store");
  if (!indexable) response.headers.set("x-robots-tag", "noindex, noarchive");
  return response;
}
