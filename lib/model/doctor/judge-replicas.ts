import type { ExaminedServer } from "./examine-server.ts";
import type { Finding } from "./finding.ts";
import { neededWindow } from "./lines-to-copy.ts";

/** Replicas answer for each other, so they have to be alike: what the odd one differs in. Null where there is nothing to say. */
export function judgeReplica(checked: ExaminedServer, all: readonly ExaminedServer[]): Finding | null {
  const cards = all.flatMap((each) => each.card ?? []);
  const { card } = checked;
  if (!card || cards.length < 2) return null;
  const window = commonest(cards.map((each) => each.max_model_len ?? null));
  const weights = commonest(cards.map((each) => each.root ?? null));
  if (card.max_model_len && window && card.max_model_len !== window)
    return {
      state: "limited",
      says: `Its window is ${card.max_model_len.toLocaleString("en")}, the other replicas' ${window.toLocaleString("en")}: a run that moves between them may not fit.`,
      mend: [{ what: "Give all replicas the same window:", lines: `--max-model-len ${Math.max(window, neededWindow)}`, takeAway: [] }],
    };
  if (card.root && weights && card.root !== weights)
    return { state: "limited", says: `It serves ${card.root}, the other replicas ${weights}: under one name there are two models.` };
  return null;
}

/** Of equals the first, so that with two replicas the second is the odd one. */
function commonest<T>(values: readonly T[]): T | undefined {
  const count = (value: T) => values.filter((each) => each === value).length;
  return values.toSorted((a, b) => count(b) - count(a))[0];
}
