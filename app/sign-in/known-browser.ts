import { database } from "#db/database.ts";
import { browserOf } from "#db/queries/access.ts";
import { browserTokenIn } from "#lib/web/browser-cookie.ts";

/** Whether a request is of a browser that is let in already. */
export async function isKnownBrowser(request: Request): Promise<boolean> {
  const token = browserTokenIn(request.headers.get("cookie"));
  return token !== null && (await browserOf(database().sql, token)) !== null;
}
