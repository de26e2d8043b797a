import { accessSync, constants, statSync } from "node:fs";
import { z } from "zod";
import { fewestLanes, mostLanes } from "./domain/heavy.ts";

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
/** Sent as a header, which has no room for line ends and other scripts. */
const key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, "is no key: it has spaces or other characters that no key has");
const httpUrl = z.url({ protocol: /^https?$/, error: "is not an http(s) address" });
/** As a Host header has them, without a port. */
const hostNames = list
  .transform((names) => names.map((name) => name.toLowerCase()))
  .pipe(
    z.array(z.string().regex(/^([a-z0-9_.-]+|\[[0-9a-f:.]+\])$/, "takes host names with commas between them, without http:// and port")),
  );
const readable = (kind: "folder" | "file") =>
  z.string().refine((path) => isReadable(path, kind), { error: `names no ${kind} that can be read` });
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

/** Every provider there is, in the order they are asked when nobody says otherwise. */
export const searchProviderNames = ["serper", "tavily", "brave", "exa", "searxng", "kiwix", "wikipedia", "corpus"] as const;
export const scholarProviderNames = ["serper", "semantic-scholar", "crossref", "arxiv", "openalex"] as const;
export const readProviderNames = ["kiwix", "direct", "jina", "firecrawl"] as const;
export type SearchProviderName = (typeof searchProviderNames)[number];
export type ScholarProviderName = (typeof scholarProviderNames)[number];
export type ReadProviderName = (typeof readProviderNames)[number];

const oneOf = <const Name extends string>(names: readonly Name[]) =>
  z.enum(names, { error: (issue) => `knows no provider "${String(issue.input)}"; it takes ${names.join(", ")}` });
const orderOf = <const Name extends string>(names: readonly Name[]) => list.pipe(z.array(oneOf(names)).min(1, "names no provider"));

/** Services whose addresses can be replaced; the operator's own servers have settings of their own. */
const serviceNames = [
  "serper",
  "tavily",
  "brave",
  "exa",
  "semantic-scholar",
  "crossref",
  "arxiv",
  "openalex",
  "jina",
  "firecrawl",
] as const;
const addresses = list
  .transform((parts) => parts.map((part) => ({ name: part.split("=", 1)[0] ?? "", url: part.slice(part.indexOf("=") + 1) })))
  .pipe(z.array(z.object({ name: oneOf(serviceNames), url: httpUrl })))
  .transform(
    (pairs) => Object.fromEntries(pairs.map(({ name, url }) => [name, url])) as Partial<Record<(typeof serviceNames)[number], string>>,
  );

/** For tests of Dossier itself, and refused anywhere else: where a worker is to die (see lib/runs/failpoint.ts). */
const forTests = {
  NODE_ENV: z.string().optional(),
  FAILPOINT: z
    .string()
    .regex(/^[a-z0-9/-]+:[1-9]\d*$/, "must be the name of a place and a number, as in committed:3")
    .optional(),
};

/** Every setting of the process. An empty variable counts as unset. */
const schema = z
  .object({
    ...forTests,
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "is not a postgres:// address" }).optional(),
    DATA_DIR: z.string().default(".data"),
    API_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
    HOST: z.string().default("127.0.0.1"),
    ALLOWED_HOSTS: hostNames.default([]),
    PORT: integer(1, 65_535).default(3000),
    MODEL_BASE_URL: httpUrls.optional(),
    MODEL_NAME: z.string().optional(),
    MODEL_API_KEY: z.string().optional(),
    MODEL_DIALECT: z.enum(["auto", "tongyi", "native", "quoting"], { error: "must be auto, tongyi, native or quoting" }).default("auto"),
    MODEL_MAX_REQUESTS: integer(1, 1000).default(32),
    SUMMARY_MODEL_BASE_URL: httpUrls.optional(),
    SUMMARY_MODEL_NAME: z.string().optional(),
    SUMMARY_MODEL_API_KEY: z.string().optional(),
    SYNTHESIS_MODEL_BASE_URL: httpUrls.optional(),
    SYNTHESIS_MODEL_NAME: z.string().optional(),
    SYNTHESIS_MODEL_API_KEY: z.string().optional(),
    SYNTHESIS_MODEL_DIALECT: z.enum(["auto", "tongyi", "native"], { error: "must be auto, tongyi or native" }).default("auto"),
    SYSTEM_PROMPT_FILE: readable("file").optional(),
    SEARCH_PROVIDERS: orderOf(searchProviderNames).optional(),
    SCHOLAR_PROVIDERS: z
      .string()
      .transform((text) => (text.trim() === "none" ? "" : text))
      .pipe(list)
      .pipe(z.array(oneOf(scholarProviderNames)))
      .optional(),
    READ_PROVIDERS: orderOf(readProviderNames).optional(),
    SEARXNG_URL: httpUrl.optional(),
    WIKIPEDIA_URL: httpUrl.optional(),
    KIWIX_URL: httpUrl.optional(),
    SERPER_API_KEY: key.optional(),
    TAVILY_API_KEY: key.optional(),
    BRAVE_API_KEY: key.optional(),
    EXA_API_KEY: key.optional(),
    SEMANTIC_SCHOLAR_API_KEY: key.optional(),
    OPENALEX_API_KEY: key.optional(),
    JINA_API_KEY: key.optional(),
    FIRECRAWL_API_KEY: key.optional(),
    CONTACT_EMAIL: z.email("is not an e-mail address").optional(),
    PROVIDER_URLS: addresses.default({}),
    SEARCH_CACHE_HOURS: integer(0, 8_760).default(24),
    PAGE_CACHE_HOURS: integer(0, 8_760).default(168),
    FETCH_AHEAD: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
    PYTHON_SANDBOX: z
      .enum(["auto", "sandboxfusion", "bubblewrap", "pyodide", "off"], {
        error: "must be auto, sandboxfusion, bubblewrap, pyodide or off",
      })
      .default("auto"),
    SANDBOX_FUSION_URL: httpUrls.optional(),
    CORPUS_DIR: readable("folder").optional(),
    FETCH_ALLOW_HOSTS: list.default([]),
    WORKER_CONCURRENCY: integer(1, 1000).default(4),
    MAX_WAITING_RUNS: integer(1, 100_000).default(200),
    MAX_LLM_CALLS: integer(1, 1000).default(100),
    MAX_RUN_MINUTES: integer(1, 1440).default(150),
    MAX_RUN_TOKENS: integer(1_000, 1_000_000_000).optional(),
    HEAVY_LANES: integer(fewestLanes, mostLanes).default(4),
    REPORT_WRITER: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
    CLAIM_JUDGE: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  })
  .superRefine((env, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (env.FAILPOINT && env.NODE_ENV !== "test") complain("FAILPOINT", "kills the process and is for tests of Dossier itself: unset it");
    if (env.MODEL_BASE_URL && !env.MODEL_NAME)
      complain("MODEL_NAME", "is missing: MODEL_BASE_URL is set, so the server has to be told which model");
    if (env.SYNTHESIS_MODEL_BASE_URL && !env.SYNTHESIS_MODEL_NAME)
      complain("SYNTHESIS_MODEL_NAME", "is missing: SYNTHESIS_MODEL_BASE_URL is set, so the server has to be told which model");
    if (env.PYTHON_SANDBOX === "sandboxfusion" && !env.SANDBOX_FUSION_URL)
      complain("SANDBOX_FUSION_URL", "is missing: PYTHON_SANDBOX is sandboxfusion");
    for (const order of ["SEARCH_PROVIDERS", "SCHOLAR_PROVIDERS", "READ_PROVIDERS"] as const)
      for (const name of env[order] ?? []) {
        const needed = neededBy(name);
        if (needed && !env[needed]) complain(needed, `is missing: ${order} names ${name}`);
      }
  });

export type Env = z.infer<typeof schema>;

/** The setting without which a provider cannot be asked. */
const needs = {
  serper: "SERPER_API_KEY",
  tavily: "TAVILY_API_KEY",
  brave: "BRAVE_API_KEY",
  exa: "EXA_API_KEY",
  searxng: "SEARXNG_URL",
  kiwix: "KIWIX_URL",
  corpus: "CORPUS_DIR",
  openalex: "OPENALEX_API_KEY",
  firecrawl: "FIRECRAWL_API_KEY",
} as const;
type Provider = SearchProviderName | ScholarProviderName | ReadProviderName;
export const neededBy = (name: Provider): (typeof needs)[keyof typeof needs] | null =>
  name in needs ? needs[name as keyof typeof needs] : null;

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
