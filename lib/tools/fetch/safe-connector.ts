import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { FetchStopped } from "./fetch-stopped.ts";
import type { ResolveHost } from "./resolve-host.ts";

export interface SafeConnectorOptions {
  /** Whether a connection to `host` and `port` may end at this IP address. */
  mayReach: (address: string, host: string, port: string) => boolean;
  resolve: ResolveHost;
  connectMs: number;
}

/**
 * An undici connector that resolves a name once, refuses it when any of its answers is out of reach, dials only those answers, and
 * looks at the peer once more when connected. The name is never looked up again, so a rebinding DNS server has no second say.
 */
export function safeConnector(options: SafeConnectorOptions): buildConnector.connector {
  return (target, callback) => {
    const port = target.port || (target.protocol === "https:" ? "443" : "80");
    const mayReach = (address: string) => options.mayReach(address, target.hostname, port);
    const literal = target.hostname.replace(/^\[|\]$/g, "");
    // net.connect never asks `lookup` about an IP literal.
    if (isIP(literal) && !mayReach(literal)) return callback(outOfReach(literal), null);
    const lookup = checkedLookup(options.resolve, mayReach);
    const dial = buildConnector({ timeout: options.connectMs, allowH2: false, maxCachedSessions: 0, lookup });
    dial({ ...target, hostname: literal }, (error, socket) => {
      if (error || !socket) return callback(error ?? new Error("no socket"), null);
      const peer = socket.remoteAddress ?? "";
      if (mayReach(peer)) return callback(null, socket);
      socket.destroy();
      callback(outOfReach(peer), null);
    });
  };
}

function checkedLookup(resolve: ResolveHost, mayReach: (address: string) => boolean): LookupFunction {
  return (hostname, wanted, callback) => {
    resolve(hostname).then(
      (answers) => {
        const [first] = answers;
        const bad = answers.find((answer) => !mayReach(answer.address));
        if (bad) callback(outOfReach(bad.address, hostname), []);
        else if (!first) callback(new FetchStopped("not-found", `the name ${hostname} has no address`), []);
        else if (wanted.all) callback(null, answers);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, []),
    );
  };
}

const outOfReach = (address: string, hostname?: string) =>
  new FetchStopped(
    "blocked-address",
    hostname ? `${hostname} leads to ${address}, which is not public` : `${address} is not a public address`,
  );
