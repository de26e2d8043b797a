import type { ModelServer } from "./model-server.ts";
import { isLoopback, portOf, withoutExtras } from "./shown-address.ts";

/** Tokens a run may need: a conversation of 110 × 1,024, a completion of 10,000, and about 8,000 of template, upstream's own arithmetic. */
export const neededWindow = 131_072;

/** As one word of a shell or a `.env` line. Names come from a server, and what is copied is carried out. */
export function asWord(text: string): string {
  const plain = [...text].filter((character) => character >= " " && character !== "\u007f").join("");
  return /^[\w./@][\w./:@+-]*$/.test(plain) ? plain : `'${plain.replaceAll("'", `'\\''`)}'`;
}

/** The setting of addresses with this server's replaced. */
export const addressLine = (server: ModelServer, replacement: string): string =>
  `${server.setting}_BASE_URL=${server.replicas.map((url) => (url === server.url ? replacement : withoutExtras(url))).join(",")}`;

export const nameLine = (server: ModelServer, name: string): string => `${server.setting}_NAME=${asWord(name)}`;

/** How vLLM is started for this server: `weights` is what it loads, where that is another name than the one it is asked by. */
export function launchLine(server: ModelServer, options: { weights?: string | null; flags?: string[]; reachable?: boolean } = {}): string {
  const weights = options.weights || server.name;
  return [
    `vllm serve ${asWord(weights)}`,
    ...(weights === server.name ? [] : [`--served-model-name ${asWord(server.name)}`]),
    ...(options.reachable && !isLoopback(server.url) ? ["--host 0.0.0.0"] : []),
    `--port ${portOf(server.url)}`,
    `--max-model-len ${neededWindow}`,
    ...(options.flags ?? []),
  ].join(" ");
}
