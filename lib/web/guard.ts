import { database } from "#db/database.ts";
import { browserOf, renewBrowser } from "#db/queries/access.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/std/app-error.ts";
import { answersUnder } from "./answers-under.ts";
import { browserCookie, browserTokenIn } from "./browser-cookie.ts";
import { isApiToken } from "./is-api-token.ts";
import { isForeign } from "./is-foreign.ts";

/** One team, one desk: until accounts exist, everybody who is let in is the same viewer, in any browser and by script. */
export const localViewer: Viewer = { id: "local" };

/** Whom a request is answered for, and the Set-Cookie header with which its browser stays let in, where it is time for one. */
export interface Admission {
  viewer: Viewer;
  cookie: string | null;
}

/**
 * Decides whether a request may be answered at all, and for whom: one with the right bearer token, or one of a browser that was let in. A page
 * of another site in that browser may neither read nor start anything: a browser tells by Sec-Fetch-Site and Origin where a request comes from,
 * and by Host which name it was sent to (a name that was pointed at this machine by somebody else is not ours).
 */
export async function admit(request: Request): Promise<Admission> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    checkToken(authorization);
    return { viewer: localViewer, cookie: null };
  }
  checkHost(request.headers.get("host"));
  if (isForeign(request)) throw new AppError("forbidden", "This request comes from another site.");
  const token = browserTokenIn(request.headers.get("cookie"));
  const browser = token === null ? null : await browserOf(database().sql, token);
  if (!token || !browser)
    throw new AppError(
      "unauthorized",
      "This browser is not let in. Open the link that the start printed, or make another with `npm run link`. A script sends Authorization: Bearer and the API_TOKEN.",
    );
  if (browser.isStale) await renewBrowser(database().sql, token);
  return { viewer: browser.viewer, cookie: browser.isStale ? browserCookie(request, token) : null };
}

function checkToken(authorization: string): void {
  const given = /^Bearer (.+)$/i.exec(authorization)?.[1] ?? "";
  if (!isApiToken(given)) throw new AppError("unauthorized", "The bearer token is not this server's API_TOKEN.");
}

/** Whether a Host header names this server. */
export const isOurHost = (host: string | null): boolean => answersUnder(host, env());

function checkHost(host: string | null): void {
  if (!isOurHost(host))
    throw new AppError("forbidden", "This server does not answer under this host name. ALLOWED_HOSTS names those it answers under.");
}
