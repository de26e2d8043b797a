import { isLoopback } from "#lib/std/is-loopback.ts";
import { Refusal } from "../refusal.ts";

/**
 * Refuses to listen where other machines can reach it, unless the operator has set how browsers and scripts sign in. Reads the settings itself,
 * because it runs before the dependencies are there that parse them.
 */
export function checkAccess(variables: Record<string, string | undefined>): void {
  const host = variables.HOST?.trim() || "127.0.0.1";
  if (isLoopback(host) || variables.API_TOKEN?.trim()) return;
  throw new Refusal(
    `HOST ${host} can be reached from other machines: set API_TOKEN, which browsers sign in with, to 16 characters or more (openssl rand -hex 32), or leave HOST at 127.0.0.1.`,
  );
}
