import type { ModelCard } from "#lib/domain/model-card.ts";
import type { Env } from "#lib/env.ts";
import { countTokens } from "./count-tokens.ts";
import { native } from "./dialects/native.ts";
import { tongyi } from "./dialects/tongyi.ts";
import { withPrompt } from "./dialects/with-prompt.ts";
import { isTongyi } from "./is-tongyi.ts";
import type { CompletionSource, Model } from "./model.ts";
import { type ModelPool, modelPool, type PoolOptions } from "./pool.ts";
import { probeDialect } from "./probe-dialect.ts";
import { quotingSource } from "./quoting-source.ts";
import { mainServers, type SetServers, summaryServers, synthesisServers } from "./set-servers.ts";

export const quotingModel: Model = { card: { dialect: "quoting", name: null, window: null }, source: quotingSource, dialect: tongyi };

/** Whether the settings name a language model. Without one the quoting model answers, and says what it is. */
export const isConnected = (env: Env) => mainServers(env) !== null;

/** The models of a process, with the servers of each. Null: no model is set, or none of its own for summaries, or for syntheses. */
export interface ModelHouse {
  main: ModelPool | null;
  summary: ModelPool | null;
  /** Brings the lanes of Heavy runs together, where it is a model of its own. */
  synthesis: ModelPool | null;
  close(): void;
}

/** How often a server that is down is asked whether it is back: a run goes on within this. */
const checkEveryMs = 2_000;

export function openModels(env: Env, pace: Pick<PoolOptions, "checkEveryMs" | "patience"> = { checkEveryMs }): ModelHouse {
  const open = (servers: SetServers | null): ModelPool | null =>
    servers && modelPool({ atOnce: env.MODEL_MAX_REQUESTS, ...pace, baseUrls: servers.urls, name: servers.name, apiKey: servers.apiKey });
  const main = open(mainServers(env));
  const summary = open(summaryServers(env));
  const synthesis = open(synthesisServers(env));
  return {
    main,
    summary,
    synthesis,
    close() {
      main?.close();
      summary?.close();
      synthesis?.close();
    },
  };
}

/** Who a run's model works for. */
export interface ModelUse {
  /** Names the lane: the same key goes to the same server. */
  key: string;
  priority: number;
  /** The dialect the run began with; a resumed run keeps it, since its conversation is written in it. */
  dialect: ModelCard["dialect"] | null;
}

/**
 * The model of a run, by the settings. Asks the servers for their window and, where the settings leave it open, for their dialect; servers
 * that are down do not prevent the choice. `systemPrompt` is the text of SYSTEM_PROMPT_FILE, where one is set.
 */
export async function chooseModel(
  env: Env,
  house: ModelHouse,
  use: ModelUse,
  systemPrompt: string | null,
  signal: AbortSignal,
): Promise<Model> {
  const pool = house.main;
  if (!pool || use.dialect === "quoting") return quotingModel;
  const window = await pool.window(signal);
  const dialect = use.dialect ?? (await dialectOf(env, pool, use.key, signal));
  return {
    card: { dialect, name: pool.name, window },
    windowNow: () => pool.knownWindow() ?? window,
    dialect: withPrompt(dialect === "native" ? native : tongyi, systemPrompt),
    whenBack: pool.whenBack,
    ...onServerOf(env, pool, use),
  };
}

/** What of a model depends on the server that a key is served by. */
function onServerOf(
  env: Env,
  pool: ModelPool,
  { key, priority }: Pick<ModelUse, "key" | "priority">,
): Pick<Model, "source" | "countTokens"> {
  return {
    source: pool.source({ key, priority }),
    async countTokens(messages, signal) {
      const server = pool.serverFor(key);
      return server && countTokens({ baseUrl: server.baseUrl, name: pool.name, apiKey: env.MODEL_API_KEY }, messages, signal);
    },
  };
}

/** How much later than the run's own priority lanes go: behind runs of one lane, so that sixteen lanes of somebody do not make another one wait; before those that nobody looks at. */
export const lanesBehind = 5;

/** The run's model for each of its lanes: the same key goes to the same server, and lanes are spread over all of them. */
export function laneModels(env: Env, house: ModelHouse, model: Model, run: { runId: string; priority: number }): (key: string) => Model {
  const pool = house.main;
  if (!pool || model.card.dialect === "quoting") return () => model;
  return (key) => ({ ...model, ...onServerOf(env, pool, { key: `${run.runId}:${key}`, priority: run.priority + lanesBehind }) });
}

/**
 * The model that brings lanes together, where the settings name one of its own; null: the run's does, as where that only quotes. It is offered no tools, so its server needs
 * no parsers: only a Tongyi model is spoken to in tags.
 */
export async function chooseSynthesisModel(
  env: Env,
  house: ModelHouse,
  main: Pick<Model, "card">,
  use: Omit<ModelUse, "dialect">,
  signal: AbortSignal,
): Promise<Model | null> {
  const pool = house.synthesis;
  if (!pool || main.card.dialect === "quoting") return null;
  const window = await pool.window(signal);
  const { SYNTHESIS_MODEL_DIALECT: set } = env;
  const dialect = set === "auto" ? (isTongyi(pool.name) ? "tongyi" : "native") : set;
  return {
    card: { dialect, name: pool.name, window },
    windowNow: () => pool.knownWindow() ?? window,
    dialect: dialect === "native" ? native : tongyi,
    whenBack: pool.whenBack,
    source: pool.source(use),
  };
}

/** What probing found, for each pool. Asked anew after a while: servers are restarted with other parsers, as the doctor may have advised. */
const probed = new WeakMap<ModelPool, { at: number; found: Promise<"tongyi" | "native" | null> }>();
const probedForMs = 10 * 60_000;
/** How long a run waits for a server before its dialect is settled without one. */
const firstServerMs = 60_000;

/** A model that could not be asked is spoken to in tags: nearly every model can, and its server need not be started in any special way. */
async function dialectOf(env: Env, pool: ModelPool, key: string, signal: AbortSignal): Promise<"tongyi" | "native"> {
  if (env.MODEL_DIALECT === "tongyi" || env.MODEL_DIALECT === "native") return env.MODEL_DIALECT;
  if (isTongyi(pool.name)) return "tongyi";
  await pool.whenBack(firstServerMs, signal);
  let known = probed.get(pool);
  if (!known || performance.now() - known.at > probedForMs) {
    const server = pool.serverFor(key);
    if (!server) return "tongyi";
    // Of all runs that begin at once, one asks; its own end must not take the answer from the others.
    const found = probeDialect({ baseUrl: server.baseUrl, name: pool.name, apiKey: env.MODEL_API_KEY }, new AbortController().signal);
    known = { at: performance.now(), found };
    probed.set(pool, known);
  }
  const found = await known.found;
  if (found === null) probed.delete(pool);
  signal.throwIfAborted();
  return found ?? "tongyi";
}

/** The model that extracts from pages: its own when one is set, else the main one; null when there is none and quoting has to do. */
export const summarySource = (house: ModelHouse, priority: number): CompletionSource | null =>
  (house.summary ?? house.main)?.source({ key: null, priority }) ?? null;
