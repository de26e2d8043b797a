import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { shortened } from "./printed.ts";
import type { PythonProvider } from "./python-job.ts";
import { reachingScript } from "./reaching-script.ts";

/** What is known of a sandbox's network. `unknown`: it has run no script yet. */
export type Isolation =
  | { kind: "isolated" }
  | { kind: "open"; reached: string }
  | { kind: "unknown"; failure: Extract<Answer<never>, { ok: false }> };

/** Of the internet: two that answer everybody, and belong to two parties. They learn nothing but that somebody connected. */
const outside = ["1.1.1.1 443", "9.9.9.9 443"];
/** A machine with more is one of many containers, and the first will do. */
const mostOwn = 8;

/**
 * Finds out with a script whether scripts of a sandbox reach a network: this machine, by any of its addresses, or the internet. Proof of what
 * was tried, and of nothing else: a sandbox may reach a third machine. Throws only when `signal` aborted.
 */
export async function isolationOf(provider: PythonProvider, signal: AbortSignal): Promise<Isolation> {
  const door = await openDoor();
  try {
    const targets = [...(door ? ownAddresses().map((address) => `${address} ${door.port}`) : []), ...outside];
    const answer = await provider.ask({ code: reachingScript(targets), files: [], timeoutMs: 15_000, memoryMegabytes: 256 }, signal);
    if (!answer?.ok) return { kind: "unknown", failure: answer ?? didNot("takes no scripts") };
    const { ended, stdout, stderr } = answer.value;
    const [first, ...reached] = stdout.head.trim().split(" ");
    if (ended !== "exited" || first !== "42")
      return { kind: "unknown", failure: didNot(`ended a script as ${ended} ${shortened(stderr, 200)}`.trimEnd()) };
    return reached.length === 0 ? { kind: "isolated" } : { kind: "open", reached: reached.join(", ") };
  } finally {
    door?.server.close();
  }
}

const didNot = (what: string) => ({ ok: false, reason: "provider-failed", detail: `The sandbox ${what}` }) as const;

/** Somebody listens on this machine for as long as it is tried, and says nothing. */
async function openDoor(): Promise<{ server: Server; port: number } | null> {
  const server = createServer((socket) => socket.on("error", () => {}).destroy());
  try {
    await once(server.listen(0), "listening");
  } catch {
    return null; // what lies outside is tried all the same
  }
  const address = server.address();
  return typeof address === "object" && address ? { server: server.unref(), port: address.port } : null;
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const told = all.filter(({ internal, address }) => !internal && !address.startsWith("fe80:")).map(({ address }) => address);
  return ["127.0.0.1", ...told.slice(0, mostOwn)];
}
