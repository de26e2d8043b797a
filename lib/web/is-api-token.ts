import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#lib/env.ts";

const hashOf = (text: string) => createHash("sha256").update(text).digest();

/** Whether somebody has this server's API_TOKEN. It takes the same time whatever is given. Never where the server has none. */
export function isApiToken(given: string): boolean {
  const token = env().API_TOKEN;
  return token !== undefined && timingSafeEqual(hashOf(given), hashOf(token));
}
