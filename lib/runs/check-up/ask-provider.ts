import type { CheckedPart } from "#lib/domain/check-up.ts";
import { failureWords } from "#lib/tools/failure-words.ts";
import type { Answer } from "#lib/tools/providers/provider.ts";
import type { Asking } from "./check.ts";

/** A person waits for it, and a service that takes longer is of no use in a run either. */
const patienceMs = 10_000;

interface Probe<Value> extends Words {
  group: CheckedPart["group"];
  name: string;
  /** One cheap request, as a run would make it. */
  ask(signal: AbortSignal): Promise<Answer<Value> | null>;
  factsOf(value: Value): string[];
}

interface Words {
  /** What is true of it when it works. */
  says: string;
  /** The setting that holds its key, or its address. */
  setting: string | null;
  /** What a refusal, or an answer of another form, is mended with where it is not the setting. */
  mendAnswer?: { what: string; lines: string };
}

type Failure = Extract<Answer<unknown>, { ok: false }>;

/** Asks a provider what only a real request shows: whether it answers, and whether the key is right. */
export function askProvider<Value>(probe: Probe<Value>): Asking {
  const { group, name } = probe;
  return {
    group,
    name,
    async ask(signal) {
      const began = performance.now();
      const answer = await answerOf(probe, signal);
      const durationMs = Math.round(performance.now() - began);
      const found = answer.ok ? worksPart(probe, answer.value) : failedPart(probe, answer);
      return { ...found, group, name, durationMs };
    },
  };
}

type Found = Omit<CheckedPart, "group" | "name" | "durationMs">;

async function answerOf<Value>(probe: Probe<Value>, signal: AbortSignal): Promise<Answer<Value>> {
  const deadline = AbortSignal.timeout(patienceMs);
  const late = { ok: false, reason: "timed-out", detail: `no answer in ${patienceMs / 1_000} s` } as const;
  try {
    return (await probe.ask(AbortSignal.any([signal, deadline]))) ?? late;
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return late;
    throw error;
  }
}

const worksPart = <Value>(probe: Probe<Value>, value: Value): Found => ({
  state: "works",
  says: probe.says,
  facts: probe.factsOf(value),
  mend: [],
});

function failedPart(words: Words, { reason, detail }: Failure): Found {
  const base = { facts: [detail], mend: [] };
  if (reason === "no-results") return { ...base, state: "works", says: words.says, facts: [] };
  if (reason === "rate-limited")
    return { ...base, state: "limited", says: "It answers that too many requests were made; a run waits, or asks the next one." };
  if (reason === "refused") return { ...base, state: "mend", says: "It refuses the request.", mend: answerMend(words) ?? keyMend(words) };
  const mend = (reason === "provider-failed" ? answerMend(words) : null) ?? addressMend(words);
  return { ...base, state: "mend", says: sentence(failureWords[reason]), mend };
}

const answerMend = ({ mendAnswer }: Words) => (mendAnswer ? [{ ...mendAnswer, takeAway: [] }] : null);

const keyMend = ({ setting }: Words) =>
  setting ? [{ what: "Set a key that it takes, and look at the account's credits:", lines: `${setting}=…`, takeAway: [] }] : [];

const addressMend = ({ setting }: Words) =>
  setting?.endsWith("_URL") ? [{ what: "Start it, or name where it runs:", lines: `${setting}=http://host:port`, takeAway: [] }] : [];

const sentence = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
