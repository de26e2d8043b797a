import { checkUrl } from "#lib/tools/fetch/check-url.ts";
import { isAllowedHost } from "#lib/tools/fetch/is-allowed-host.ts";
import { isPublicAddress } from "#lib/tools/fetch/public-address.ts";
import { type HostAddress, type ResolveHost, resolveHost } from "#lib/tools/fetch/resolve-host.ts";

/**
 * The address as a remote reader may be told it: one of the public web, on no host the operator opened as his own, whose name leads to public
 * addresses alone. Null else. A public name may lead into the house, where a reader of the house would fetch it; and a name that does not
 * resolve here may be one of an intranet, which is nobody's business outside. The reader looks the name up again, and may be told another
 * address than we were: one that runs in the house must itself be kept from the internal network.
 */
export async function mayLeave(
  address: string,
  options: { ownHosts: readonly string[]; resolve?: ResolveHost | undefined },
): Promise<URL | null> {
  const { ownHosts, resolve = resolveHost } = options;
  const url = outsideUrl(address, ownHosts);
  if (!url) return null;
  const answers = await resolve(url.hostname.replace(/^\[|\]$/g, "")).catch((): HostAddress[] => []); // whatever the reason, it is not known here
  return answers.length > 0 && answers.every((answer) => isPublicAddress(answer.address)) ? url : null;
}

/** The part of it that needs no look-up: an address whose spelling is one of the public web, on no host of the operator's own. Null else. */
export function outsideUrl(address: string, ownHosts: readonly string[]): URL | null {
  const checked = checkUrl(address, []);
  if (!checked.ok) return null;
  const { hostname, port, protocol } = checked.url;
  return isAllowedHost(hostname, port || (protocol === "https:" ? "443" : "80"), ownHosts) ? null : checked.url;
}
