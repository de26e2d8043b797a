import type { CheckedPart } from "#lib/domain/check-up.ts";
import { providerName } from "#lib/domain/provider-name.ts";
import type { ReadProviderName, ScholarProviderName, SearchProviderName } from "#lib/env.ts";
import { told } from "./check.ts";
import { serviceWords } from "./service-words.ts";

type Name = SearchProviderName | ScholarProviderName | ReadProviderName;

interface Order<Each> {
  group: CheckedPart["group"];
  /** The setting that names the order, and whether it is set: then a name has to stand there too. */
  setting: string;
  isSet: boolean;
  inUse: readonly Each[];
  all: readonly Each[];
  isConfigured(name: Each): boolean;
}

/** One row for every provider that could be asked and is not, with the lines that would add it; none when all are. */
export function addable<Each extends Name>({ group, setting, isSet, inUse, all, isConfigured }: Order<Each>): CheckedPart[] {
  const rest = all.filter((name) => !inUse.includes(name));
  if (rest.length === 0) return [];
  const lines = rest.flatMap((name) => (isConfigured(name) ? [] : (serviceWords[name].line ?? [])));
  const order = isSet || lines.length === 0 ? [`${setting}=${[...inUse, rest[0]].join(",")}`] : [];
  return [
    told(group, `Not asked: ${rest.map((name) => providerName(name)).join(", ")}`, {
      state: "off",
      says: isSet ? `${setting} does not name ${rest.length === 1 ? "it" : "them"}.` : "Each can be added with a line.",
      mend: [{ what: "To add one, its line:", lines: [...lines, ...order].join("\n"), takeAway: [] }],
    }),
  ];
}
