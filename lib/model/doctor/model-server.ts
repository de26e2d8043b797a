import type { Surroundings } from "./surroundings.ts";

/** How long is waited: for a list, a version or a count, and for all completions of one server together. */
export interface Patience {
  shortMs: number;
  talkMs: number;
}

/** One model server to be checked, and how the settings name it. */
export interface ModelServer {
  url: string; // with or without /v1, as it was set
  /** All addresses of the setting, this one among them: a mended setting is written whole. */
  replicas: readonly string[];
  name: string;
  apiKey?: string | undefined;
  /** `plain`: no tools, only text, as the model that extracts from pages is used. */
  dialect: "auto" | "tongyi" | "native" | "plain";
  /** What its variables begin with: `MODEL_BASE_URL` or `SUMMARY_MODEL_BASE_URL`. */
  setting: "MODEL" | "SUMMARY_MODEL" | "SYNTHESIS_MODEL";
  surroundings: Surroundings;
  patience: Patience;
}
