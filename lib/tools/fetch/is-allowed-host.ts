/**
 * Whether the operator opened this host in FETCH_ALLOW_HOSTS. An entry is a host (`wiki.corp`), a host with a port (`wiki.corp:8090`,
 * `[::1]:8090`), which opens that port alone, or a suffix (`.corp`), which opens every name below it. Names are compared without case
 * and without the dot at the end.
 */
export function isAllowedHost(hostname: string, port: string, allowHosts: readonly string[]): boolean {
  const host = plain(hostname);
  return allowHosts.some((entry) => {
    const opened = entry.toLowerCase();
    return opened.startsWith(".") ? host.endsWith(opened) : opened === host || opened === `${host}:${port}`;
  });
}

const plain = (hostname: string) => hostname.toLowerCase().replace(/\.$/, "");
