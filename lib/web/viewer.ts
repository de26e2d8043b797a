import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { database } from "#db/database.ts";
import { browserOf } from "#db/queries/access.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { browserTokenIn } from "./browser-cookie.ts";
import { isOurHost } from "./guard.ts";

/**
 * The viewer of a page; a browser that is not let in is sent to where it can be. Pages are rendered on request, never ahead of it: what they
 * show belongs to somebody. Under a host name that is not ours there is nothing: a name that somebody pointed at this machine must not read it.
 * Nor is there for a page of another site that asks for more than to go here: as a script, a frame, a picture.
 */
export async function currentViewer(): Promise<Viewer> {
  const given = await headers();
  if (!isOurHost(given.get("host")) || isInside(given)) notFound();
  const token = browserTokenIn(given.get("cookie"));
  const browser = token === null ? null : await browserOf(database().sql, token);
  if (!browser) redirect("/sign-in");
  return browser.viewer;
}

function isInside(given: { get(name: string): string | null }): boolean {
  const site = given.get("sec-fetch-site") ?? "none";
  return site !== "none" && site !== "same-origin" && given.get("sec-fetch-dest") !== "document";
}
