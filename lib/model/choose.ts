import type { Env } from "#lib/env.ts";
import { completionServer } from "./client.ts";
import { tongyi } from "./dialects/tongyi.ts";
import { withPrompt } from "./dialects/with-prompt.ts";
import type { CompletionSource, Model } from "./model.ts";
import { quotingSource } from "./quoting-source.ts";
import { windowOf } from "./window.ts";

export const quotingModel: Model = { card: { dialect: "quoting", name: null, window: null }, source: quotingSource, dialect: tongyi };

/** Whether the settings name a language model. Without one the quoting model answers, and says what it is. */
export const isConnected = (env: Env) => env.MODEL_DIALECT !== "quoting" && Boolean(env.MODEL_BASE_URL && env.MODEL_NAME);

/**
 * The model of a run, by the settings. Asks the server for its window; a server that is down does not prevent the choice. `systemPrompt` is
 * the text of SYSTEM_PROMPT_FILE, where one is set.
 */
export async function chooseModel(env: Env, systemPrompt: string | null, signal: AbortSignal): Promise<Model> {
  const baseUrl = env.MODEL_BASE_URL;
  const name = env.MODEL_NAME;
  if (!isConnected(env) || !baseUrl || !name) return quotingModel;
  const window = await windowOf({ baseUrl, name, apiKey: env.MODEL_API_KEY }, signal);
  return {
    card: { dialect: "tongyi", name, window },
    source: completionServer({ baseUrl, name, apiKey: env.MODEL_API_KEY }),
    dialect: withPrompt(tongyi, systemPrompt),
  };
}

/** The model that extracts from pages: its own when one is set, else the main one; null when there is none and quoting has to do. */
export function chooseSummaryModel(env: Env): CompletionSource | null {
  const own = env.SUMMARY_MODEL_BASE_URL;
  if (own)
    return completionServer({ baseUrl: own, name: env.SUMMARY_MODEL_NAME ?? env.MODEL_NAME ?? "", apiKey: env.SUMMARY_MODEL_API_KEY });
  const main = env.MODEL_BASE_URL;
  if (!isConnected(env) || !main || !env.MODEL_NAME) return null;
  return completionServer({
    baseUrl: main,
    name: env.SUMMARY_MODEL_NAME ?? env.MODEL_NAME,
    apiKey: env.SUMMARY_MODEL_API_KEY ?? env.MODEL_API_KEY,
  });
}
