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

export const quotingModel: Model = { card: { dialect: "quoting", name: null, window: null }, source: quotingSource, dialect: tongyi };

/** Whether the settings name a language model. Without one the quoting model answers, and says what it is. */
export const isConnected = (env: Env) => env.MODEL_DIALECT !== "quoting" && Boolean(env.MODEL_BASE_URL && env.MODEL_NAME);

/** The models of a process, with the servers of each. Null: no model is set, or none of its own for summaries. */
export interface ModelHouse {
  main: ModelPool | null;
  summary: ModelPool | null;
  close(): void;
}

/** How often a server that is down is asked whether it is back: a run goes on within this. */
const checkEveryMs = 2_000;

export function openModels(env: Env, pace: Pick<PoolOptions, "checkEveryMs" | "patience"> = { checkEveryMs }): ModelHouse {
  const shared = { atOnce: env.MODEL_MAX_REQUESTS, ...pace };
  const main =
    isConnected(env) && env.MODEL_BASE_URL && env.MODEL_NAME
      ? modelPool({ ...shared, baseUrls: env.MODEL_BASE_URL, name: env.MODEL_NAME, apiKey: env.MODEL_API_KEY })
      : null;
  const summaryUrls = env.SUMMARY_MODEL_BASE_URL ?? (env.SUMMARY_MODEL_NAME && main ? env.MODEL_BASE_URL : undefined);
  const summary = summaryUrls
    ? modelPool({
        ...shared,
        baseUrls: summaryUrls,
        name: env.SUMMARY_MODEL_NAME ?? env.MODEL_NAME ?? "",
        apiKey: env.SUMMARY_MODEL_API_KEY ?? (env.SUMMARY_MODEL_BASE_URL ? undefined : env.MODEL_API_KEY),
      })
    : null;
  return {
    main,
    summary,
    close() {
      main?.close();
      summary?.close();
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
    source: pool.source(use),
    dialect: withPrompt(dialect === "native" ? native : tongyi, systemPrompt),
    whenBack: pool.whenBack,
    async countTokens(messages, callSignal) {
      const server = pool.serverFor(use.key);
      return server && countTokens({ baseUrl: server.baseUrl, name: pool.name, apiKey: env.MODEL_API_KEY }, messages, callSignal);
    },
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
