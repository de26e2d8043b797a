import type { Answer } from "./ask.ts";
import type { Finding } from "./finding.ts";
import { addressLine, launchLine } from "./lines-to-copy.ts";
import type { ModelServer } from "./model-server.ts";
import { isLoopback, portOf, serverName, shownRoot } from "./shown-address.ts";

/** What it means that a server gave no answer, and what to do about it. */
export function saySilence(server: ModelServer, { silence, code }: Answer & { kind: "silent" }): Finding {
  const { hostname } = new URL(server.url);
  const shown = shownRoot(server.url);
  switch (silence) {
    case "refused":
      return refused(server);
    case "unknown-host":
      return mend(`No machine called ${hostname} is known here (${code}).`, [
        hostname === "host.docker.internal"
          ? { what: "Give the container that name, in compose.yaml:", lines: extraHosts, takeAway: [] }
          : { what: "Correct the name of the machine:", lines: addressLine(server, shown), takeAway: [] },
      ]);
    case "no-route":
      return mend(`There is no way to ${serverName(server.url)} from here (${code}).`, [tryIt(shown)]);
    case "timeout":
      return mend(
        `${serverName(server.url)} did not answer within ${server.patience.shortMs / 1000} s: a firewall swallows the request, or the machine is overloaded.`,
        [tryIt(shown)],
      );
    case "untrusted":
      return mend(`The certificate of ${serverName(server.url)} cannot be verified (${code}).`, [
        {
          what: "Name the certificate authority that signed it, in the environment of Dossier:",
          lines: "NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
          takeAway: [],
        },
      ]);
    case "not-tls":
      return mend(`${serverName(server.url)} does not speak https (${code}).`, [
        { what: "Ask it over http:", lines: addressLine(server, shown.replace(/^https:/, "http:")), takeAway: [] },
      ]);
    case "not-http":
      return mend(`What listens at ${serverName(server.url)} does not speak HTTP (${code}).`, [
        { what: "If it speaks https:", lines: addressLine(server, shown.replace(/^http:/, "https:")), takeAway: [] },
      ]);
    case "blocked-port":
      return mend(`Port ${portOf(server.url)} is one that HTTP clients refuse to connect to.`, [
        { what: "Start vLLM on another port:", lines: launchLine({ ...server, url: "http://localhost:8000" }), takeAway: [] },
      ]);
    case "closed":
      return mend(`${serverName(server.url)} closed the connection before it answered (${code}).`, [tryIt(shown)]);
    default:
      return silence satisfies never;
  }
}

const extraHosts = 'extra_hosts:\n  - "host.docker.internal:host-gateway"';

function refused(server: ModelServer): Finding {
  const name = serverName(server.url);
  const port = portOf(server.url);
  if (isLoopback(server.url) && server.surroundings === "container")
    return mend(`Dossier runs in a container, where ${new URL(server.url).hostname} is the container itself. Nothing listens there.`, [
      { what: "Name the machine instead:", lines: addressLine(server, `http://host.docker.internal:${port}`), takeAway: [] },
      { what: "On Linux the container also needs that name, in compose.yaml:", lines: extraHosts, takeAway: [] },
    ]);
  if (isLoopback(server.url) && server.surroundings === "pod")
    return mend(`Dossier runs in a pod, where ${new URL(server.url).hostname} is the pod itself. Nothing listens there.`, [
      { what: "Name the service of the model server instead:", lines: addressLine(server, `http://vllm:${port}`), takeAway: [] },
    ]);
  const elsewhere = isLoopback(server.url) ? "" : ", or it listens on its own machine only";
  return mend(`Nothing listens at ${name}: vLLM is not running there, is still loading${elsewhere}.`, [
    { what: "Start vLLM:", lines: launchLine(server, { reachable: true }), takeAway: [] },
  ]);
}

const tryIt = (root: string) => ({ what: "Try it from the machine of Dossier:", lines: `curl -m 5 ${root}/v1/models`, takeAway: [] });
const mend = (says: string, mending: Finding["mend"] = []): Finding => ({ state: "mend", says, mend: mending });
