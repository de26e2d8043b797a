import { database } from "#db/database.ts";
import { letBrowserIn } from "#db/queries/access.ts";
import { browserCookie } from "#lib/web/browser-cookie.ts";
import { isOurHost, localViewer } from "#lib/web/guard.ts";
import { guesses } from "#lib/web/guess-limit.ts";
import { isApiToken } from "#lib/web/is-api-token.ts";
import { isForeign } from "#lib/web/is-foreign.ts";
import { limitedText } from "#lib/web/limited-text.ts";
import { isKnownBrowser } from "./known-browser.ts";
import { pageTheme } from "./page-theme.ts";
import { letIn, signInPage, unlessAway } from "./sign-in-page.ts";

export const dynamic = "force-dynamic";

/** Where a browser that is not let in is sent. */
export function GET(request: Request): Promise<Response> {
  const theme = pageTheme(request);
  return unlessAway(theme, async () => {
    if (isOurHost(request.headers.get("host")) && (await isKnownBrowser(request))) return letIn(null);
    return signInPage("new", theme);
  });
}

/**
 * Lets in a browser whose reader has the API_TOKEN. All wrong tokens count together, whatever address they come from, because an address can be
 * made up and the token is as long as somebody chose it.
 */
export async function POST(request: Request): Promise<Response> {
  const theme = pageTheme(request);
  if (!isOurHost(request.headers.get("host")) || isForeign(request)) return signInPage("foreign", theme);
  const wait = guesses.waitOf("/sign-in");
  if (wait > 0) return signInPage("wait", theme, { "retry-after": String(wait) });
  const body = await limitedText(request).catch(() => ""); // too long for a token
  const given = new URLSearchParams(body).get("token") ?? "";
  if (!isApiToken(given.trim())) {
    guesses.missed("/sign-in");
    return signInPage("token", theme);
  }
  return unlessAway(theme, async () => letIn(browserCookie(request, await letBrowserIn(database().sql, localViewer))));
}
