import { expect, test } from "vitest";
import { callFlags, thoughtFlag } from "./parser-flags.ts";

test.each([
  ["Qwen/Qwen2.5-72B-Instruct", "hermes", "deepseek_r1"],
  ["Qwen/Qwen3-30B-A3B-Thinking-2507", "hermes", "qwen3"],
  ["Qwen/Qwen3-Coder-480B-A35B-Instruct", "qwen3_coder", "deepseek_r1"],
  ["Qwen/Qwen3.5-35B-A3B", "qwen3_coder", "qwen3"],
  ["NousResearch/Hermes-3-Llama-3.1-8B", "hermes", "deepseek_r1"],
  ["meta-llama/Llama-3.3-70B-Instruct", "llama3_json", "deepseek_r1"],
  ["meta-llama/Llama-4-Scout-17B-16E-Instruct", "llama4_pythonic", "deepseek_r1"],
  ["deepseek-ai/DeepSeek-V3-0324", "deepseek_v3", "deepseek_r1"],
  ["deepseek-ai/DeepSeek-V3.1", "deepseek_v31", "deepseek_v3"],
  ["deepseek-ai/DeepSeek-R1-0528", "deepseek_v3", "deepseek_r1"],
  ["zai-org/GLM-4.5-Air", "glm45", "glm45"],
  ["moonshotai/Kimi-K2-Thinking", "kimi_k2", "kimi_k2"],
  ["openai/gpt-oss-120b", "openai", "openai_gptoss"],
  ["mistralai/Ministral-8B-Instruct-2410", "mistral", "mistral"],
  ["MiniMaxAI/MiniMax-M2", "minimax_m2", "minimax_m2"],
])("%s: %s, %s", (name, call, thought) => {
  expect(callFlags([name])).toEqual({ flags: ["--enable-auto-tool-choice", `--tool-call-parser ${call}`], known: true });
  expect(thoughtFlag([name])).toBe(`--reasoning-parser ${thought}`);
});

test("what was loaded tells the family where the name does not", () => {
  expect(callFlags(["default", "/models/GLM-4.6"]).flags[1]).toBe("--tool-call-parser glm45");
  expect(callFlags(["default", "/models/x"])).toMatchObject({ known: false });
});
