import OpenAI from "openai";
import { chatBody } from "./chat-body.ts";
import { failureOf } from "./failure-of.ts";
import type { CompletionRequest, CompletionSource, ModelDelta, Silence } from "./model.ts";
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
  let priority = options.priority ?? 0;
  async function* ask(request: CompletionRequest, signal: AbortSignal, onSilence?: (silence: Silence) => void): AsyncGenerator<ModelDelta> {
    const watch = watchSilence({ ...patience, ...options.patience }, () => loadOf(options.baseUrl), onSilence);
    const both = AbortSignal.any([signal, watch.signal]);
    try {
      const response = await client.chat.completions.create(chatBody(request, options.name, priority), { signal: both }).asResponse();
      if (!response.body) throw new Error("The server answered without a body");
      yield* readStream(response.body, watch.news);
    } catch (error) {
      signal.throwIfAborted();
      yield { kind: "failed", failure: failureOf(watch.signal.aborted ? watch.signal.reason : error, options.baseUrl) };
    } finally {
      watch.stop();
    }
  }
  return {
    async *complete(request, signal, onSilence) {
      for await (const delta of ask(request, signal, onSilence)) {
        if (!refusesPriority(delta) || priority === 0) yield delta;
        else {
          priority = 0; // a wish: a server that does not schedule by it may refuse it, and is asked without it from now on
          yield* ask(request, signal, onSilence);
        }
      }
    },
  };
}

const refusesPriority = (delta: ModelDelta) =>
  delta.kind === "failed" && delta.failure.reason === "refused" && /priority/i.test(delta.failure.detail);
