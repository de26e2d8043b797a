import { isKnownBrowser } from "#app/sign-in/known-browser.ts";
import { pageTheme } from "#app/sign-in/page-theme.ts";
import { letIn, signInPage, type Theme, unlessAway } from "#app/sign-in/sign-in-page.ts";
import { database } from "#db/database.ts";
import { exchangeLaunchLink } from "#db/queries/access.ts";
import { browserCookie, tokenForm } from "#lib/web/browser-cookie.ts";
import { isOurHost, localViewer } from "#lib/web/guard.ts";
import { addressOf, guesses } from "#lib/web/guess-limit.ts";
import { isView } from "#lib/web/is-view.ts";

export const dynamic = "force-dynamic";

/**
 * Exchanges a launch link for the cookie that lets this browser in. A browser that is let in already does not use it up, and neither does whoever
 * only looks ahead. A link that is good opens however many wrong ones were tried.
 */
export function GET(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const theme = pageTheme(request);
  return unlessAway(theme, async () => exchange(request, (await context.params).token, theme));
}

async function exchange(request: Request, token: string, theme: Theme): Promise<Response> {
  if (!isOurHost(request.headers.get("host"))) return signInPage("link", theme);
  if (!isView(request)) return signInPage("preview", theme);
  if (await isKnownBrowser(request)) return letIn(null);
  const browserToken = tokenForm.test(token) ? await exchangeLaunchLink(database().sql, localViewer, token) : null;
  if (browserToken !== null) return letIn(browserCookie(request, browserToken));
  const address = addressOf(request);
  const wait = guesses.waitOf(address);
  guesses.missed(address);
  return wait > 0 ? signInPage("wait", theme, { "retry-after": String(wait) }) : signInPage("link", theme);
}
