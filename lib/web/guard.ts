import { createHash, timingSafeEqual } from "node:crypto";
import type { Viewer } from "#lib/domain/viewer.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/std/app-error.ts";

/** One team, one desk: until accounts exist, everybody who reaches this server is the same viewer, in any browser and by script. */
export const localViewer: Viewer = { id: "local" };

/**
 * Decides whether a request may be answered at all, and for whom. A page of another site in the same browser may neither read nor
 * start anything: a browser tells by Sec-Fetch-Site and Origin where a request comes from, and by Host which name it was sent to
 * (a name that was pointed at this machine by somebody else is not ours). A script with a bearer token has to have the right one.
 */
export function viewerOf(request: Request): Viewer {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    checkToken(authorization);
    return localViewer;
  }
  checkHost(request.headers.get("host"));
  checkOrigin(request);
  return localViewer;
}

function checkToken(authorization: string): void {
  const token = env().API_TOKEN;
  const given = /^Bearer (.+)$/i.exec(authorization)?.[1] ?? "";
  const hash = (text: string) => createHash("sha256").update(text).digest();
  if (!token)
    throw new AppError(
      "unauthorized",
      "No API_TOKEN is set on this server, so none can be used. Leave out the Authorization header, or set API_TOKEN.",
    );
  if (!timingSafeEqual(hash(given), hash(token))) throw new AppError("unauthorized", "The bearer token is not this server's API_TOKEN.");
}

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** On a loopback address only loopback names are ours: any other was made to point here (DNS rebinding). */
export function isOurHost(host: string | null): boolean {
  if (!loopbackNames.has(env().HOST) && env().HOST !== "::1") return true;
  return loopbackNames.has((host ?? "").replace(/:\d+$/, "").toLowerCase());
}

function checkHost(host: string | null): void {
  if (!isOurHost(host)) throw new AppError("forbidden", "This server answers only under localhost. Set HOST to serve other names.");
}

function checkOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const foreign =
    (site !== null && site !== "same-origin" && site !== "none") || (origin !== null && hostOf(origin) !== request.headers.get("host"));
  if (foreign) throw new AppError("forbidden", "This request comes from another site.");
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null; // "null": a sandboxed or local document
  }
}
