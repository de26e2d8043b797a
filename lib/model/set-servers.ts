import type { Env } from "#lib/env.ts";

/** The servers of one model, as the settings name them. */
export interface SetServers {
  urls: string[];
  name: string;
  apiKey: string | undefined;
}

/** What runs think with; null when no language model is connected. */
export function mainServers(env: Env): (SetServers & { dialect: "auto" | "tongyi" | "native" }) | null {
  const { MODEL_BASE_URL: urls, MODEL_NAME: name, MODEL_API_KEY: apiKey, MODEL_DIALECT: dialect } = env;
  return urls && name && dialect !== "quoting" ? { urls, name, apiKey, dialect } : null;
}

/** What extracts from pages; null when the main model does. */
export const summaryServers = (env: Env): SetServers | null =>
  besideMain(env, env.SUMMARY_MODEL_BASE_URL, env.SUMMARY_MODEL_NAME, env.SUMMARY_MODEL_API_KEY);

/** What brings the lanes of a Heavy run together; null when the main model does. */
export const synthesisServers = (env: Env): SetServers | null =>
  besideMain(env, env.SYNTHESIS_MODEL_BASE_URL, env.SYNTHESIS_MODEL_NAME, env.SYNTHESIS_MODEL_API_KEY);

/** The names of the models that can write a report: the main one, then the one of syntheses, where it is another. Empty without a language model. */
export function writingModels(env: Env): string[] {
  const names = [mainServers(env), mainServers(env) && synthesisServers(env)].flatMap((servers) => servers?.name ?? []);
  return [...new Set(names)];
}

/** A model beside the main one: on servers of its own, or another name on the main one's. The main one's key goes to no other server. */
function besideMain(env: Env, ownUrls: string[] | undefined, name: string | undefined, ownKey: string | undefined): SetServers | null {
  const urls = ownUrls ?? (name ? mainServers(env)?.urls : undefined);
  return urls ? { urls, name: name ?? env.MODEL_NAME ?? "", apiKey: ownKey ?? (ownUrls ? undefined : env.MODEL_API_KEY) } : null;
}
