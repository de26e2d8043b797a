import type { StepUsage, Uncertainty } from "#lib/domain/event.ts";
import type { CompletionRequest, ForeseenValue, ModelFailure, Turn } from "#lib/model/model.ts";
import { repeats } from "#lib/std/repeats.ts";
import { unlessAborted } from "#lib/std/unless-aborted.ts";
import type { AgentRun } from "./agent-run.ts";
import { ModelGaveUp } from "./model-gave-up.ts";

export interface Spoken {
  turn: Turn;
  usage: StepUsage | null;
  finishReason: string;
  firstTextMs: number | null;
  durationMs: number;
  uncertainty: Uncertainty | null;
}

type Try = { ok: true; spoken: Spoken } | { ok: false; failure: ModelFailure };

/** Told of an overflow instead of giving up: the request to ask with next, or null when there is no smaller one. */
type OnOverflow = (failure: ModelFailure) => CompletionRequest | null;

/**
 * One completion, tried as often as the policy allows, with its text streamed into the log. A failed try is a fact; the text it had
 * streamed is void. Throws ModelGaveUp when there is no further try, and the signal's reason when the run is stopped.
 */
export async function askModel(
  run: AgentRun,
  place: { lane: string; step: number },
  first: CompletionRequest,
  options: { minutesLeft(): Promise<number>; onOverflow: OnOverflow; foresee?: (value: ForeseenValue) => void },
): Promise<Spoken> {
  let request = first;
  for (let attempt = 1; ; attempt++) {
    const tried = await complete(run, place, request, options.foresee);
    if (tried.ok) return tried.spoken;
    const { failure } = tried;
    const smaller = failure.reason === "context-overflow" ? options.onOverflow(failure) : null;
    const next = await afterFailure(run, failure, attempt, smaller !== null, options.minutesLeft);
    const fact = { type: "model-failed" as const, ...place, attempt, reason: failure.reason, detail: failure.detail };
    switch (next.kind) {
      case "give-up":
        await run.append({ ...fact, retryInMs: null });
        throw new ModelGaveUp(failure);
      case "when-back":
        await run.append({ ...fact, retryInMs: next.withinMs, untilBack: true });
        await untilBack(run, place, next.withinMs, failure);
        break;
      case "again":
        await run.append({ ...fact, retryInMs: next.inMs });
        await run.wait(next.inMs, run.signal);
        break;
      default:
        next satisfies never;
    }
    request = smaller ?? request;
  }
}

async function afterFailure(
  run: AgentRun,
  failure: ModelFailure,
  attempt: number,
  hasSmaller: boolean,
  minutesLeft: () => Promise<number>,
): Promise<ReturnType<AgentRun["retry"]>> {
  if (hasSmaller) return { kind: "again", inMs: 0 };
  return (await minutesLeft()) > 0 ? run.retry(failure, attempt) : { kind: "give-up" };
}

/** Waits for a server to come back. How long is a fact: that time is not taken from the run's minutes. */
async function untilBack(run: AgentRun, place: { lane: string; step: number }, withinMs: number, failure: ModelFailure): Promise<void> {
  const began = run.now();
  const waiting = new AbortController();
  const back = await Promise.race([
    run.model.whenBack?.(withinMs, AbortSignal.any([run.signal, waiting.signal])) ?? true,
    afterFinish(run, waiting.signal),
  ]).finally(() => waiting.abort());
  await run.append({ type: "model-returned", ...place, back, waitedMs: run.now() - began });
  if (!back) throw new ModelGaveUp(failure);
}

const lookEveryMs = 500;

/** Who asks to finish with what there is does not wait for a server as long as one who wants the whole of it: false, once that was so long ago. */

async function afterFinish(run: AgentRun, over: AbortSignal): Promise<false> {
  const signal = AbortSignal.any([run.signal, over]);
  for (;;) {
    if (run.events.some((event) => event.type === "stop-requested" && event.kind === "finish")) {
      await run.wait(run.finishWaitMs, signal);
      return false;
    }
    await run.wait(lookEveryMs, signal);
  }
}

/** How much new text there is until it is looked at for repetitions. */
const lookEvery = 1_000;

async function complete(
  run: AgentRun,
  place: { lane: string; step: number },
  request: CompletionRequest,
  foresee?: (value: ForeseenValue) => void,
): Promise<Try> {
  const reader = run.model.dialect.listen(foresee);
  const began = run.now();
  let firstTextMs: number | null = null;
  let tail = "";
  let fresh = "";
  const ended = (finishReason: string, usage: StepUsage | null, uncertainty: Uncertainty | null = null): Try => ({
    ok: true,
    spoken: { turn: reader.end(finishReason), usage, finishReason, firstTextMs, durationMs: run.now() - began, uncertainty },
  });
  for await (const delta of run.model.source.complete(request, run.signal, (silence) => {
    const { silentMs, load, ours } = silence;
    void run.append({
      type: "model-silent",
      ...place,
      silentMs,
      running: load?.running ?? null,
      waiting: load?.waiting ?? null,
      ...(ours && { ours }),
    });
  })) {
    switch (delta.kind) {
      case "failed":
        return { ok: false, failure: delta.failure };
      case "ended":
        return ended(delta.finishReason, delta.usage, delta.uncertainty);
      case "text":
      case "reasoning":
      case "call": {
        firstTextMs ??= run.now() - began;
        for (const part of reader.push(delta)) void run.append({ type: "text-appended", ...place, ...part });
        // The log cannot take more for now: what is not read stays with the server, and the text so far is kept.
        for (let full = run.room?.(); full; full = run.room?.()) await unlessAborted(full, run.signal);
        fresh += delta.kind === "call" ? delta.arguments : delta.text;
        if (fresh.length < lookEvery) break;
        tail = (tail + fresh).slice(-repeats.window);
        fresh = "";
        // Leaving the iteration closes the socket: a model in a loop must not write it out to its token limit.
        if (repeats(tail)) return ended("repetition", null);
        break;
      }
      default:
        delta satisfies never;
    }
  }
  return { ok: false, failure: { reason: "cut-off", detail: "The answer ended without saying why" } };
}
