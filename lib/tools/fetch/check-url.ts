import { isIP } from "node:net";
import { type FailedFetch, failedFetch } from "./failed-fetch.ts";
import { isAllowedHost } from "./is-allowed-host.ts";
import { isPublicAddress } from "./public-address.ts";

const maxLength = 4_096;
const ports = ["80", "443", "8080", "8443"];
const privateSuffixes = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "onion", "test", "invalid"];

/**
 * Decides by its spelling alone whether an address may be opened. WHATWG parsing first, so that every spelling of an IP is already
 * `a.b.c.d` here. A host the operator allowed passes the port, name and address rules; scheme and userinfo rules hold for all.
 */
export function checkUrl(text: string, allowHosts: readonly string[]): { ok: true; url: URL } | FailedFetch {
  if (text.length > maxLength) return blocked(`the address has ${text.length} characters, the limit is ${maxLength}`);
  const url = URL.parse(text);
  if (!url) return blocked("it is not a complete web address");
  if (url.protocol !== "http:" && url.protocol !== "https:") return blocked(`${url.protocol} addresses are not opened`);
  if (url.username || url.password) return blocked("the address carries a user name or password");
  url.hash = "";
  const port = portOf(url);
  if (isAllowedHost(url.hostname, port, allowHosts)) return { ok: true, url };
  if (!ports.includes(port)) return blocked(`port ${port} is not opened`);
  const problem = hostProblem(url.hostname);
  return problem ? blocked(problem) : { ok: true, url };
}

const portOf = (url: URL) => url.port || (url.protocol === "https:" ? "443" : "80");

function hostProblem(hostname: string): string | null {
  const address = hostname.replace(/^\[|\]$/g, "");
  if (isIP(address)) return isPublicAddress(address) ? null : `${address} is not a public address`;
  const name = hostname.toLowerCase().replace(/\.$/, "");
  const labels = name.split(".");
  if (labels.length < 2 || labels.includes("")) return `"${hostname}" is not a public host name`;
  const suffix = privateSuffixes.find((candidate) => name.endsWith(`.${candidate}`));
  return suffix ? `names under .${suffix} are private` : null;
}

const blocked = (detail: string) => failedFetch("blocked-address", detail);
