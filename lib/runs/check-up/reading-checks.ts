import { providerName } from "#lib/domain/provider-name.ts";
import { type Env, neededBy, type ReadProviderName, readProviderNames } from "#lib/env.ts";
import { isConfigured, readOrder, serviceOptions } from "#lib/runs/provider-orders.ts";
import { kiwixBooks } from "#lib/tools/providers/kiwix-books.ts";
import { remoteReader } from "#lib/tools/providers/remote-reader.ts";
import { addable } from "./addable.ts";
import { askProvider } from "./ask-provider.ts";
import { type Check, told } from "./check.ts";
import { serviceWords } from "./service-words.ts";

/** A page that anybody may read, has a few words and never changes. */
const samplePage = "https://example.com/";
/** That it may leave the house need not be asked of a resolver. */
const resolve = async () => [{ address: "93.184.216.34", family: 4 }];

/** The readers of the `visit` tool in the order they are asked. */
export function readingChecks(env: Env): Check[] {
  const order = readOrder(env);
  if (order.length === 0) return [onlyCorpus()];
  const rest = addable({
    group: "reading",
    setting: "READ_PROVIDERS",
    isSet: env.READ_PROVIDERS !== undefined,
    inUse: order,
    all: readProviderNames,
    // Without a key Jina can be asked, but the line that adds it is the key.
    isConfigured: (name) => isConfigured(name, env) && (name !== "jina" || Boolean(env.JINA_API_KEY)),
  });
  return [...order.map((name) => checkOf(name, env)), ...rest];
}

const onlyCorpus = () =>
  told("reading", "Your documents", { state: "works", says: "Only they are read: nothing is fetched from the web." });

function checkOf(name: ReadProviderName, env: Env): Check {
  const { cost } = serviceWords[name];
  const title = providerName(name);
  if (name === "direct")
    return told("reading", title, { state: "works", says: "Pages are fetched from their own sites.", facts: ["set, not probed"] });
  if (name === "kiwix") return kiwixCheck(env);
  const provider = remoteReader(name, { ...serviceOptions(env), ownHosts: env.FETCH_ALLOW_HOSTS, resolve });
  return askProvider({
    group: "reading",
    name: title,
    says: "It reads, and is told the addresses of the pages.",
    ask: async (signal) => (await provider?.ask(samplePage, signal)) ?? null,
    factsOf: () => (cost ? [cost] : []),
    setting: name === "jina" ? (env.JINA_API_KEY ? "JINA_API_KEY" : null) : neededBy(name),
  });
}

function kiwixCheck(env: Env): Check {
  const url = env.KIWIX_URL ?? "";
  return askProvider({
    group: "reading",
    name: `Kiwix at ${new URL(url).host}`,
    says: "Articles of Wikipedia and of its other books are read from it.",
    ask: kiwixBooks(url),
    factsOf: (books) => books.slice(0, 5).map((book) => book.title || book.name),
    setting: "KIWIX_URL",
  });
}
