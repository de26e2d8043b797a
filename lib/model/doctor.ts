import type { CheckedPart } from "#lib/domain/check-up.ts";
import { examineServer, toPart } from "./doctor/examine-server.ts";
import { judgeReplica } from "./doctor/judge-replicas.ts";
import type { ModelServer, Patience } from "./doctor/model-server.ts";
import { distinctServers, serverName } from "./doctor/shown-address.ts";
import { type Surroundings, surroundings } from "./doctor/surroundings.ts";

export interface DoctorOptions {
  urls: readonly string[];
  name: string;
  apiKey?: string | undefined;
  dialect: ModelServer["dialect"];
  /** Which settings name the servers; `MODEL` unless told. */
  setting?: ModelServer["setting"];
  /** Where this process runs; found out unless told. */
  surroundings?: Surroundings;
  patience?: Patience;
}

/** Asks every model server, side by side, whether a run could work with it, and says what mends it where not. Never more than about 80 s; no key is in the answer. */
export async function checkModelServers(options: DoctorOptions, signal: AbortSignal): Promise<CheckedPart[]> {
  const { urls, name, apiKey, dialect } = options;
  const patience = options.patience ?? { shortMs: 5_000, talkMs: 60_000 };
  const shared = {
    replicas: urls,
    name,
    apiKey,
    dialect,
    setting: options.setting ?? "MODEL",
    surroundings: options.surroundings ?? surroundings(),
    patience,
  };
  const checked = await Promise.all(distinctServers(urls).map((url) => examineServer({ url, ...shared }, signal)));
  const parts = checked.map((each) => {
    const odd = judgeReplica(each, checked);
    return toPart(odd ? { ...each, findings: [...each.findings, odd] } : each, serverName(each.server.url));
  });
  return parts.map((part) => withoutKey(part, apiKey));
}

/** A server may repeat the key it refuses. */
function withoutKey(part: CheckedPart, key: string | undefined): CheckedPart {
  if (!key || key.length < 4) return part; // so short a key is no secret, and would be found in every word
  const clean = (text: string) => text.replaceAll(key, "…");
  return {
    ...part,
    says: clean(part.says),
    facts: part.facts.map(clean),
    mend: part.mend.map((mending) => ({ ...mending, lines: clean(mending.lines), what: clean(mending.what) })),
  };
}
