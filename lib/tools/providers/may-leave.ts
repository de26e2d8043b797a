import { checkUrl } from "#lib/tools/fetch/check-url.ts";
import { isAllowedHost } from "#lib/tools/fetch/is-allowed-host.ts";

/**
 * The address as a remote reader may be told it: one of the public web, and on no host the operator opened as his own. Null else: the name
 * of an intranet page stays in the intranet.
 */
export function mayLeave(address: string, ownHosts: readonly string[]): URL | null {
  const checked = checkUrl(address, []);
  if (!checked.ok) return null;
  const { hostname, port, protocol } = checked.url;
  return isAllowedHost(hostname, port || (protocol === "https:" ? "443" : "80"), ownHosts) ? null : checked.url;
}
