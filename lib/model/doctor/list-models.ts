import { z } from "zod";
import { errorMessage } from "#lib/model/chat-chunk.ts";
import { rootOf } from "#lib/model/server-address.ts";
import { type Answer, ask } from "./ask.ts";
import type { Finding } from "./finding.ts";
import { addressLine, launchLine } from "./lines-to-copy.ts";
import type { ModelServer } from "./model-server.ts";
import { parseJson } from "./parse-json.ts";
import { saySilence } from "./say-silence.ts";
import { hasExtras, serverName, shownRoot, withoutExtras } from "./shown-address.ts";

const servedModelSchema = z.object({
  id: z.string(),
  max_model_len: z.number().int().nullish(),
  /** What was loaded under this name: a repository, or a folder of the server. */
  root: z.string().nullish(),
  owned_by: z.string().nullish(),
});
const modelListSchema = z.object({ data: z.array(servedModelSchema) });
export type ServedModel = z.infer<typeof servedModelSchema>;

export type Listing = { kind: "listed"; models: ServedModel[] } | { kind: "not-listed"; finding: Finding };

/** Asks for the list of models, which tells in one request whether address, key and server are right. */
export async function listModels(server: ModelServer, signal: AbortSignal): Promise<Listing> {
  if (hasExtras(server.url))
    return notListed("The address holds a user name, a password or a query, which no request can carry.", [
      {
        what: `Leave them out, and use ${server.setting}_API_KEY for a key:`,
        lines: addressLine(server, withoutExtras(server.url)),
        takeAway: [],
      },
    ]);
  const answer = await ask(`${rootOf(server.url)}/v1/models`, { apiKey: server.apiKey, signal, timeoutMs: server.patience.shortMs });
  if (answer.kind === "silent") return { kind: "not-listed", finding: saySilence(server, answer) };
  const list = answer.status === 200 ? modelListSchema.safeParse(parseJson(answer.text)) : null;
  if (list?.success) return { kind: "listed", models: list.data.data };
  return { kind: "not-listed", finding: await sayNoList(server, answer, signal) };
}

async function sayNoList(server: ModelServer, answer: Answer & { kind: "answered" }, signal: AbortSignal): Promise<Finding> {
  const { status } = answer;
  const name = serverName(server.url);
  if (status === 401 || status === 403) return sayKey(server, answer);
  if (/HTTPS port/i.test(answer.text))
    return mend(`${name} speaks https, and was asked over http.`, [
      { what: "Ask it over https:", lines: addressLine(server, shownRoot(server.url).replace(/^http:/, "https:")), takeAway: [] },
    ]);
  if (status >= 500)
    return mend(`${name} answers ${status} when asked for its models: it is still loading, or its engine has died.`, [
      { what: "Look at its log, then start it again:", lines: launchLine(server), takeAway: [] },
    ]);
  const right = await rightAddress(server, answer.location, signal);
  const what =
    status >= 300 && status < 400 ? `${name} sends requests on to another address (${status})` : sayWrongPlace(name, status, answer.text);
  if (right)
    return mend(`${what}. The list of models is at ${right}/v1/models.`, [
      { what: "Set the address to:", lines: addressLine(server, right), takeAway: [] },
    ]);
  return mend(`${what}. The address must be that of an OpenAI-compatible server, without or with /v1 at its end.`, [
    { what: "For vLLM on its usual port:", lines: addressLine(server, `http://${new URL(server.url).hostname}:8000`), takeAway: [] },
  ]);
}

function sayWrongPlace(name: string, status: number, text: string): string {
  if (status === 404) return `There is no list of models at ${name} (404)`;
  if (status !== 200) return `${name} answers ${status} when asked for its models`;
  return /^\s*</.test(text) ? `A web page answers at ${name}, not a model server` : `What answers at ${name} is not a list of models`;
}

function sayKey(server: ModelServer, answer: Answer & { kind: "answered" }): Finding {
  const said = errorMessage(parseJson(answer.text));
  const reply = said ? `${answer.status}, “${said.slice(0, 80)}”` : String(answer.status);
  const variable = `${server.setting}_API_KEY`;
  return mend(
    server.apiKey ? `It refuses the key in ${variable} (${reply}).` : `It asks for a key, and ${variable} is not set (${reply}).`,
    [{ what: "Set the key vLLM was started with (--api-key or VLLM_API_KEY):", lines: `${variable}=the-key-of-that-server`, takeAway: [] }],
  );
}

/** Where the list is instead: at the redirect's target, or at the address with less of a path. Only ever asked of the same host. */
async function rightAddress(server: ModelServer, location: string | null, signal: AbortSignal): Promise<string | null> {
  const root = new URL(shownRoot(server.url));
  const target = location && URL.canParse(location, root) ? new URL(location, root) : null;
  const candidates = [
    ...(target && target.hostname === root.hostname ? [target.href.replace(/\/models\/?$/, "")] : []),
    root.href.replace(/\/v1\/.*$/, ""),
    root.origin,
  ].map(shownRoot);
  for (const candidate of new Set(candidates)) {
    if (candidate === shownRoot(server.url)) continue;
    const answer = await ask(`${candidate}/v1/models`, { apiKey: server.apiKey, signal, timeoutMs: server.patience.shortMs });
    const isList = answer.kind === "answered" && answer.status === 200 && modelListSchema.safeParse(parseJson(answer.text)).success;
    if (isList) return candidate;
  }
  return null;
}

const mend = (says: string, mending: Finding["mend"] = []): Finding => ({ state: "mend", says, mend: mending });
const notListed = (says: string, mending: Finding["mend"]): Listing => ({ kind: "not-listed", finding: mend(says, mending) });
