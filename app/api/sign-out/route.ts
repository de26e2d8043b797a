import { database } from "#db/database.ts";
import { signBrowserOut } from "#db/queries/access.ts";
import { browserTokenIn, noBrowserCookie } from "#lib/web/browser-cookie.ts";
import { route } from "#lib/web/route.ts";

/** Signs this browser out. A form is shown where to sign in again; a script, which has no cookie, changes nothing. */
export const POST = route(async ({ request }) => {
  const token = browserTokenIn(request.headers.get("cookie"));
  if (token !== null) await signBrowserOut(database().sql, token);
  const isForm = request.headers.get("accept")?.includes("text/html");
  const headers = { "set-cookie": noBrowserCookie(request), ...(isForm && { location: "/sign-in" }) };
  return new Response(null, { status: isForm ? 303 : 204, headers });
});
