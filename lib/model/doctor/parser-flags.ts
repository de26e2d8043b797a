/** A model family by its name, and the parsers vLLM has for it. `thought` where the family thinks in tags of its own. */
interface Family {
  name: RegExp;
  call: string;
  thought?: string;
}

/** From vLLM's docs/features/tool_calling.md and reasoning_outputs.md and the parsers it registers, November 2026. The first that fits counts. */
const families: Family[] = [
  { name: /hermes/i, call: "hermes" },
  { name: /gpt-?oss/i, call: "openai", thought: "openai_gptoss" },
  { name: /qwen3[-_ ]?coder/i, call: "qwen3_coder" },
  { name: /qwen-?3\.[5-9]/i, call: "qwen3_coder", thought: "qwen3" },
  { name: /deepseek-?v?4/i, call: "deepseek_v4", thought: "deepseek_v4" },
  { name: /deepseek-?v3\.2/i, call: "deepseek_v32", thought: "deepseek_v3" },
  { name: /deepseek-?v3\.1/i, call: "deepseek_v31", thought: "deepseek_v3" },
  { name: /deepseek-?r1-?distill/i, call: "hermes", thought: "deepseek_r1" },
  { name: /deepseek-?r1/i, call: "deepseek_v3", thought: "deepseek_r1" },
  { name: /deepseek-?v3/i, call: "deepseek_v3" },
  { name: /glm-?4\.7/i, call: "glm47", thought: "glm47" },
  { name: /glm-?4/i, call: "glm45", thought: "glm45" },
  { name: /kimi-?k2/i, call: "kimi_k2", thought: "kimi_k2" },
  { name: /minimax-?m2/i, call: "minimax_m2", thought: "minimax_m2" },
  { name: /llama-?4/i, call: "llama4_pythonic" },
  { name: /llama-?3/i, call: "llama3_json" },
  { name: /mistral|mixtral|magistral|ministral|devstral|codestral/i, call: "mistral", thought: "mistral" },
  { name: /granite-?4/i, call: "granite4" },
  { name: /granite/i, call: "granite", thought: "granite" },
  { name: /olmo-?3/i, call: "olmo3", thought: "olmo3" },
  { name: /hunyuan/i, call: "hunyuan_a13b", thought: "hunyuan_a13b" },
  { name: /seed-?oss/i, call: "seed_oss", thought: "seed_oss" },
  { name: /gemma-?4/i, call: "gemma4", thought: "gemma4" },
  { name: /phi-?4-?mini/i, call: "phi4_mini_json" },
  { name: /internlm/i, call: "internlm" },
  { name: /qwq/i, call: "hermes", thought: "deepseek_r1" },
  { name: /qwen-?3/i, call: "hermes", thought: "qwen3" },
  { name: /qwen/i, call: "hermes" },
];

const familyOf = (names: readonly string[]): Family | undefined =>
  names.flatMap((name) => families.find((family) => family.name.test(name)) ?? [])[0];

/** The flags that make vLLM read a model's calls. `known` is false where the name tells no family, and `hermes` is only the commonest form. */
export function callFlags(names: readonly string[]): { flags: string[]; known: boolean } {
  const family = familyOf(names);
  return { flags: ["--enable-auto-tool-choice", `--tool-call-parser ${family?.call ?? "hermes"}`], known: family !== undefined };
}

/** The flag that makes vLLM send a model's thoughts apart; the commonest form where the name tells no family. */
export function thoughtFlag(names: readonly string[]): string {
  return `--reasoning-parser ${familyOf(names)?.thought ?? "deepseek_r1"}`;
}
