import { browserDays } from "#db/queries/access.ts";
import { env } from "#lib/env.ts";
import { ownOrigin } from "./own-origin.ts";

/** A browser has one jar for all ports of a machine: the port in the name keeps two Dossiers from signing each other's browsers out. */
export const browserCookieName = (): string => `dossier-${env().PORT}`;

/** The form of our tokens: 32 bytes as base64url. Anything else is not looked for. */
export const tokenForm = /^[\w-]{43}$/;

/** The token in a Cookie header; null where there is none that could be ours. Of two the first counts, as browsers put the more exact path first. */
export function browserTokenIn(cookieHeader: string | null): string | null {
  const prefix = `${browserCookieName()}=`;
  const pair = (cookieHeader ?? "").split(/; */).find((each) => each.startsWith(prefix));
  const token = pair?.slice(prefix.length) ?? "";
  return tokenForm.test(token) ? token : null;
}

/**
 * The Set-Cookie header that gives a browser its token. Lax, not Strict: a link to a report in a chat or a mail has to open for who is let in; a
 * page of another site can by it only look at a page that it cannot read, because nothing is changed by GET. No script can read it.
 */
export function browserCookie(request: Request, token: string): string {
  return cookie(request, token, browserDays * 24 * 3600);
}

/** The Set-Cookie header that takes it away again. */
export function noBrowserCookie(request: Request): string {
  return cookie(request, "", 0);
}

function cookie(request: Request, value: string, seconds: number): string {
  const secure = ownOrigin(request).startsWith("https:") ? "; Secure" : "";
  return `${browserCookieName()}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
