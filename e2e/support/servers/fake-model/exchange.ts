import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestRecord } from "./request-record.ts";
import type { ServerState } from "./server-state.ts";
import type { Sleeper } from "./ticker.ts";

/** One request and what its answer needs. */
export interface Exchange {
  state: ServerState;
  request: IncomingMessage;
  response: ServerResponse;
  record: RequestRecord;
  prompt: Uint32Array[];
  /** Tokens the answer may have at most. */
  mostTokens: number;
  /** Wakes the answer when its client leaves. */
  sleeper: Sleeper;
}
