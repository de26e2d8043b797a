import { lookup } from "node:dns/promises";

export interface HostAddress {
  address: string;
  family: number;
}

/** Finds all addresses of a name. Tests give their own. */
export type ResolveHost = (hostname: string) => Promise<HostAddress[]>;

/** The system's resolver, so that /etc/hosts and the container's DNS count. */
export const resolveHost: ResolveHost = (hostname) => lookup(hostname, { all: true, order: "verbatim" });
