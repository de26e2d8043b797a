import { database } from "#db/database.ts";
import { signBrowserOut } from "#db/queries/access.ts";
import { browserTokenIn, noBrowserCookie } from "#lib/web/browser-cookie.ts";
import { house } from "#lib/web/house.ts";
import { route } from "#lib/web/route.ts";

/** Signs this browser out: from now on its cookie is worth nothing, wherever a copy of it lies. A script, which has none, changes nothing. */
export const POST = route(async ({ request }) => {
  const token = browserTokenIn(request.headers.get("cookie"));
  if (token !== null) {
    await signBrowserOut(database().sql, token);
    house.streams.endAll(); // whoever else follows comes back with the last event it has
  }
  return new Response(null, { status: 204, headers: { "set-cookie": noBrowserCookie(request) } });
});
