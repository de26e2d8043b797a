/** An event as it is stored or as a client was sent it: `json` is the whole event, byte for byte. */
export interface Frame {
  seq: number;
  type: string;
  json: string;
}

/** One row that came into or went out of the log, in the order of the database, as a trigger saw it. */
export interface Write {
  kind: "inserted" | "deleted" | "updated";
  seq: number;
  type: string;
  json: string;
  /** The run's epoch when it was written, and the connection's name: the worker's. */
  epoch: number;
  writer: string;
  /** Milliseconds since 1970, by the database's clock. */
  at: number;
}

/** A worker became the holder of a run, or, null, whoever stops or pauses it took it from all of them. Time as in `Write`. */
export interface Claim {
  epoch: number;
  worker: string | null;
  at: number;
}

/** A request to the model or a tool, as the server that took it saw it. Times as in `Write`. */
export interface Call {
  lane: string;
  /** Null where the server cannot tell. */
  step: number | null;
  /** What it was asked: the same again is the same key. */
  key: string;
  startedAt: number;
  /** Null while it lasts. */
  endedAt: number | null;
}

export interface RunHistory {
  id: string;
  status: string;
  reportId: string | null;
  calls: number;
  /** The log as it stands at the end. */
  log: readonly Frame[];
  writes: readonly Write[];
  claims: readonly Claim[];
  modelCalls: readonly Call[];
  /** `key` is the callId. */
  toolCalls: readonly Call[];
  /** Everything each client was sent, over all its connections. */
  clients: readonly { name: string; frames: readonly (Frame & { runId: string })[] }[];
  /** Reports that name the run. */
  reports: readonly { id: string; version: number }[];
  /** How often the run was asked for, and under how many ids it is known. */
  submits: readonly { key: string; runId: string }[];
}

export type Invariant = "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8" | "I9" | "I11" | "I12";

export interface Violation {
  invariant: Invariant;
  runId: string;
  what: string;
}
