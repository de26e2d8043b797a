import { rootOf } from "#lib/model/server-address.ts";

/** The address without user, password, query and fragment: what may be shown. */
export function withoutExtras(url: string): string {
  const address = new URL(url);
  for (const part of ["username", "password", "search", "hash"] as const) address[part] = "";
  return address.href.replace(/\/$/, "");
}

/** Such an address works nowhere: HTTP clients refuse credentials in it, and paths are appended behind its query. */
export const hasExtras = (url: string): boolean => {
  const { username, password, search, hash } = new URL(url);
  return [username, password, search, hash].some((part) => part !== "");
};

/** The address without /v1, fit to be shown. */
export const shownRoot = (url: string): string => rootOf(withoutExtras(url));

/** As people know a server: `gpu-1.internal:8000`, or with https, or with its path where it has one. */
export function serverName(url: string): string {
  const { protocol, host, pathname } = new URL(shownRoot(url));
  return `${protocol === "https:" ? "https://" : ""}${host}${pathname === "/" ? "" : pathname}`;
}

/** The addresses without those that name the same server again. */
export const distinctServers = (urls: readonly string[]): string[] =>
  urls.filter((url, index) => urls.findIndex((other) => serverName(other) === serverName(url)) === index);

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/i;
export const isLoopback = (url: string): boolean => loopback.test(new URL(url).hostname);

export const portOf = (url: string): string => {
  const { port, protocol } = new URL(url);
  return port || (protocol === "https:" ? "443" : "80");
};
