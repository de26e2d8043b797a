import type { Dispatcher } from "undici";
import { headerOf } from "./header-of.ts";

/**
 * The address a response redirects to, still unresolved and unchecked; `null` when it does not redirect. Header values arrive as
 * Latin-1; servers that do not escape write UTF-8, and browsers read it as that.
 */
export function redirectTarget(response: Dispatcher.ResponseData): string | null {
  if (![301, 302, 303, 307, 308].includes(response.statusCode)) return null;
  const location = headerOf(response, "location");
  if (location === undefined) return null;
  const decoded = Buffer.from(location, "latin1").toString("utf8");
  return decoded.includes("\ufffd") ? location : decoded;
}
