import type { OverflowWording } from "./overflow-message.ts";
import type { ChatRequest } from "./wire.ts";

/** How fast something is said, and whether the server falls silent in the middle of it and then goes on, as vLLM does when it preempts. */
export interface Pace {
  msPerToken?: number;
  freeze?: { afterTokens: number; ms: number };
}

export interface TurnCall {
  id?: string;
  name: string;
  arguments: string; // as the model wrote it: not necessarily JSON
}

export type Alternatives = (token: string, index: number) => readonly number[];

/** What the server does with one request. `text` is said token by token; the others are what a real one does on a bad day. */
export type Reply =
  | ({
      kind: "text";
      text: string;
      /** Thought that comes in a field of its own, whatever the server's parsers. */
      reasoning?: string;
      finishReason?: string;
      /** Like --stream-interval; `msPerToken` then is the time of a chunk. */
      tokensPerChunk?: number;
      /** Of each token; where the request asks for them, others are made up. */
      logprobs?: number[];
      /** What could have stood in the place of a token, itself first: their log probabilities (see `among`). */
      alternatives?: Alternatives;
    } & Pace)
  /** A turn of a server that takes thought and calls apart. `fragment`: characters of arguments in one chunk; a token's without it. */
  | ({
      kind: "turn";
      reasoning?: string;
      content?: string;
      calls?: TurnCall[];
      fragment?: number;
      finishReason?: string;
      tokensPerChunk?: number;
      alternatives?: Alternatives;
    } & Pace)
  /** An error before any answer. `body` replaces vLLM's JSON: a proxy's HTML. `flat`: the shape before 2025-08. */
  | { kind: "status"; status: number; message: string; headers?: Record<string, string>; body?: string; flat?: boolean }
  /** A prompt too long for the window, whatever its length. */
  | { kind: "overflow"; wording?: OverflowWording; promptTokens?: number }
  | ({ kind: "cut"; text: string } & Pace) // closes the socket after the text, without a finish reason
  | ({ kind: "stall"; text: string } & Pace) // says the text and then nothing, until the client leaves
  | ({ kind: "stream-error"; text: string; message: string } & Pace) // an error line inside the 200, then [DONE]
  | { kind: "garbage"; body: string } // a 200 that is no event stream
  /**
   * The bytes of a recorded stream, up to `cutAt`, in writes of `chunkSize`. A cut stream ends with a broken socket, or, as after a proxy
   * that covers up, with a clean end.
   */
  | {
      kind: "bytes";
      bytes: Uint8Array | string;
      cutAt?: number;
      ending?: "broken" | "clean";
      chunkSize?: number;
      contentType?: string;
    }
  | { kind: "hang" }; // accepts, and never answers

export type Script = (request: ChatRequest, index: number) => Reply | Promise<Reply>;

/** A reply that generates tokens: it takes a seat, fills the cache and is counted. */
export type Spoken = Extract<Reply, { kind: "text" | "turn" | "cut" | "stall" | "stream-error" }>;
