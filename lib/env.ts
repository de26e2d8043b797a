import { accessSync, constants, statSync } from "node:fs";
import { z } from "zod";

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);
const httpUrls = list.pipe(
  z
    .array(z.url({ protocol: /^https?$/, error: "is not an http(s) address, or several with commas between them" }))
    .min(1, "names no server"),
);
const httpUrl = z.url({ protocol: /^https?$/, error: "is not an http(s) address" });
const readable = (kind: "folder" | "file") =>
  z.string().refine((path) => isReadable(path, kind), { error: `names no ${kind} that can be read` });
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

export const searchProviderNames = ["wikipedia", "searxng", "corpus"] as const;
const providers = list.pipe(
  z
    .array(
      z.enum(searchProviderNames, {
        error: (issue) => `knows no provider "${String(issue.input)}"; it takes ${searchProviderNames.join(", ")}`,
      }),
    )
    .min(1, "names no provider"),
);

/** Every setting of the process. An empty variable counts as unset. */
const schema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// address" }).optional(),
    DATA_DIR: z.string().default(".data"),
    API_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
    HOST: z.string().default("127.0.0.1"),
    PORT: integer(1, 65_535).default(3000),
    MODEL_BASE_URL: httpUrls.optional(),
    MODEL_NAME: z.string().optional(),
    MODEL_API_KEY: z.string().optional(),
    MODEL_DIALECT: z.enum(["auto", "tongyi", "native", "quoting"], { error: "must be auto, tongyi, native or quoting" }).default("auto"),
    MODEL_MAX_REQUESTS: integer(1, 1000).default(32),
    SUMMARY_MODEL_BASE_URL: httpUrls.optional(),
    SUMMARY_MODEL_NAME: z.string().optional(),
    SUMMARY_MODEL_API_KEY: z.string().optional(),
    SYSTEM_PROMPT_FILE: readable("file").optional(),
    SEARCH_PROVIDERS: providers.optional(),
    SEARXNG_URL: httpUrl.optional(),
    WIKIPEDIA_URL: httpUrl.optional(),
    CORPUS_DIR: readable("folder").optional(),
    FETCH_ALLOW_HOSTS: list.default([]),
    WORKER_CONCURRENCY: integer(1, 64).default(4),
    MAX_LLM_CALLS: integer(1, 1000).default(100),
    MAX_RUN_MINUTES: integer(1, 1440).default(150),
  })
  .superRefine((env, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (env.MODEL_BASE_URL && !env.MODEL_NAME)
      complain("MODEL_NAME", "is missing: MODEL_BASE_URL is set, so the server has to be told which model");
    if (env.SEARCH_PROVIDERS?.includes("searxng") && !env.SEARXNG_URL)
      complain("SEARXNG_URL", "is missing: SEARCH_PROVIDERS names searxng");
    if (env.SEARCH_PROVIDERS?.includes("corpus") && !env.CORPUS_DIR) complain("CORPUS_DIR", "is missing: SEARCH_PROVIDERS names corpus");
  });

export type Env = z.infer<typeof schema>;

function isReadable(path: string, kind: "folder" | "file"): boolean {
  try {
    accessSync(path, constants.R_OK);
    return kind === "folder" ? statSync(path).isDirectory() : statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Parses the settings. Every mistake is reported at once, one line each, with the variable's name; the values of keys are never printed. */
export function parseEnv(variables: Record<string, string | undefined>): { ok: true; env: Env } | { ok: false; problems: string[] } {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, env: parsed.data };
  const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  return { ok: false, problems: [...new Set(problems)] };
}

let current: Env | undefined;

/** The settings of this process, parsed on first use. Throws with all mistakes when they cannot be used. */
export function env(): Env {
  if (current) return current;
  const parsed = parseEnv(process.env);
  if (!parsed.ok) throw new Error(`Settings: ${parsed.problems.join("; ")}`);
  current = parsed.env;
  return current;
}

/** The search providers in the order they are asked: as set, else the local ones that are configured, then Wikipedia. */
export function searchOrder(settings: Env): (typeof searchProviderNames)[number][] {
  if (settings.SEARCH_PROVIDERS) return settings.SEARCH_PROVIDERS;
  return [...(settings.SEARXNG_URL ? (["searxng"] as const) : []), "wikipedia", ...(settings.CORPUS_DIR ? (["corpus"] as const) : [])];
}
