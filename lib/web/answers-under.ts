import type { Env } from "#lib/env.ts";
import { isLoopback } from "#lib/std/is-loopback.ts";

/**
 * Whether a server with these settings answers under a Host header. On a loopback address only under loopback names, and those of ALLOWED_HOSTS:
 * any other was made to point here (DNS rebinding). On another address under every name, unless ALLOWED_HOSTS says which. A request that names
 * none is nobody's.
 */
export function answersUnder(host: string | null, { HOST, ALLOWED_HOSTS }: Pick<Env, "HOST" | "ALLOWED_HOSTS">): boolean {
  const name = (host ?? "").replace(/:\d+$/, "").toLowerCase();
  if (name === "") return false;
  return isLoopback(name) || ALLOWED_HOSTS.includes(name) || (!isLoopback(HOST) && ALLOWED_HOSTS.length === 0);
}
