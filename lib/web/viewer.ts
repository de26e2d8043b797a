import "server-only";
import { connection } from "next/server";
import type { Viewer } from "#lib/domain/viewer.ts";
import { localViewer } from "./guard.ts";

/** The viewer of a page. Pages are rendered on request, never ahead of it: what they show belongs to somebody. */
export async function currentViewer(): Promise<Viewer> {
  await connection();
  return localViewer;
}
