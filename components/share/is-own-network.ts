/** Names that lead nowhere outside of a network of one's own: the ones that are never looked up on the internet, and the ones that are used so. */
const ownSuffix = /\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|test)$/;

/** 10/8, 127/8, 169.254/16, 172.16/12, 192.168/16 and 100.64/10. */
const ownIpv4 = /^(?:10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/;
/** ::1, fc00::/7, fe80::/10, and IPv4 written as IPv6. */
const ownIpv6 = /^\[(?:::1|f[cd][\da-f]{2}:|fe[89ab][\da-f]:|::ffff:)/;

/**
 * Whether the host of a web address shows that the page lies in a network of one's own: a private address, or a name that nobody else can look up.
 * A page behind a public name that only the house can open is not recognised.
 */
export function isOwnNetwork(url: string): boolean {
  const host = URL.parse(url)?.hostname.replace(/\.$/, "") ?? "";
  return host !== "" && (ownIpv4.test(host) || ownIpv6.test(host) || !/[.:]/.test(host) || ownSuffix.test(host));
}
