import { BlockList, isIP } from "node:net";

// IANA special-purpose registries. 168.63.129.16 is Azure's wire server, which looks public.
const notPublic4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"],
  ...["192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"],
];
// Only 2000::/3 is handed out. Loopback, IPv4-mapped, NAT64, unique-local, link-local and multicast all lie outside it.
const global6 = ["2000::/3"];
const notPublic6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const denied4 = blockList(notPublic4, "ipv4");
const given6 = blockList(global6, "ipv6");
const denied6 = blockList(notPublic6, "ipv6");

/** Whether an IP address, as the resolver or a socket reports it, is one of the public internet. Anything else is not. */
export function isPublicAddress(address: string): boolean {
  if (address.includes("%")) return false; // a zone belongs to a link
  const family = isIP(address);
  if (family === 4) return !denied4.check(address, "ipv4");
  if (family === 6) return given6.check(address, "ipv6") && !denied6.check(address, "ipv6");
  return false;
}

function blockList(subnets: string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = "", prefix] = subnet.split("/");
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
