import OpenAI from "openai";
import { chatBody } from "./chat-body.ts";
import { failureOf } from "./failure-of.ts";
import type { CompletionRequest, CompletionSource, ModelDelta, ModelFailure, Silence } from "./model.ts";
import { modelFetch } from "./model-fetch.ts";
import { readStream } from "./read-stream.ts";
import { apiBase } from "./server-address.ts";
import { loadOf } from "./server-load.ts";
import { type Patience, patience, watchSilence } from "./watch-silence.ts";

export interface ServerOptions {
  baseUrl: string; // with or without /v1
  name: string;
  apiKey?: string | undefined;
  /** Lower goes first where the server schedules by priority; 0 is not sent. */
  priority?: number;
  patience?: Partial<Patience>;
}

/** How long a request may take is `watchSilence`'s matter, not the client's. */
const longestMs = 24 * 3_600_000;

/**
 * A vLLM server (or any OpenAI-compatible one) as a source of completions. The SDK sends the request; its stream is read by our own
 * parser, which costs a sixth per token and tells a stream that ended from one that was cut off. No retries here: the loop decides,
 * because every try is a fact of the run. Aborting destroys the socket, which is what frees the GPU.
 */
export function completionServer(options: ServerOptions): CompletionSource {
  const client = new OpenAI({
    baseURL: apiBase(options.baseUrl),
    apiKey: options.apiKey ?? "EMPTY",
    maxRetries: 0,
    timeout: longestMs,
    fetch: modelFetch,
  });
  /** What is wished for beyond the completion itself: a server may refuse what it does not know. */
  const wishes: Wishes = { priority: options.priority ?? 0, logprobs: true };
  async function* ask(
    request: CompletionRequest,
    { priority, logprobs }: Wishes,
    signal: AbortSignal,
    onSilence?: (silence: Silence) => void,
  ): AsyncGenerator<ModelDelta> {
    const watch = watchSilence({ ...patience, ...options.patience }, () => loadOf(options.baseUrl), onSilence);
    const both = AbortSignal.any([signal, watch.signal]);
    try {
      const body = chatBody({ ...request, logprobs }, options.name, priority);
      const response = await client.chat.completions.create(body, { signal: both }).asResponse();
      if (!response.body) throw new Error("The server answered without a body");
      for await (const delta of readStream(response.body, watch.news)) {
        watch.pause();
        yield delta;
        watch.news();
      }
    } catch (error) {
      signal.throwIfAborted();
      yield { kind: "failed", failure: failureOf(watch.signal.aborted ? watch.signal.reason : error, options.baseUrl) };
    } finally {
      watch.stop();
    }
  }

  /**
   * Takes back the wish that a refusal names, for this server and from now on. False: this request had none. What it was sent with decides, not
   * what is wished for by now: of requests that were begun at once each is refused.
   */
  function takesBack({ reason, detail }: ModelFailure, sent: Wishes): boolean {
    if (sent.priority !== 0 && reason === "refused" && /priority/i.test(detail)) {
      wishes.priority = 0;
      return true;
    }
    // Some versions of vLLM find out only when the stream has begun that they are to tell more than `--max-logprobs`.
    if (!sent.logprobs || !logprobsRefused.has(reason) || !/logprobs/i.test(detail)) return false;
    wishes.logprobs = false;
    return true;
  }
  return {
    async *complete(request, signal, onSilence) {
      for (let isAsking = true; isAsking; ) {
        isAsking = false;
        let said = false;
        const sent = { priority: wishes.priority, logprobs: wishes.logprobs && request.logprobs === true };
        for await (const delta of ask(request, sent, signal, onSilence)) {
          if (delta.kind === "failed" && !said && takesBack(delta.failure, sent)) isAsking = true;
          else yield delta;
          said = true;
        }
      }
    },
  };
}

interface Wishes {
  priority: number;
  logprobs: boolean;
}

const logprobsRefused = new Set<ModelFailure["reason"]>(["refused", "server-error"]);
