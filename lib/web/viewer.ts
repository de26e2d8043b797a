import "server-only";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isOurHost, localViewer } from "./guard.ts";

/**
 * The viewer of a page. Pages are rendered on request, never ahead of it: what they show belongs to somebody. Under a host name that is
 * not ours there is nothing: a name that somebody pointed at this machine must not read it.
 */
export async function currentViewer(): Promise<Viewer> {
  if (!isOurHost((await headers()).get("host"))) notFound();
  return localViewer;
}
