import { expect, test } from "vitest";
import { renderPrompt } from "./render-prompt.ts";
import type { ChatRequest, WireMessage } from "./wire.ts";

const chat = (messages: WireMessage[], more: Partial<ChatRequest> = {}): ChatRequest => ({ model: "m", messages, ...more });
const system: WireMessage = { role: "system", content: "S" };
const user = (content: string): WireMessage => ({ role: "user", content });
const assistant = (content: string, more: Partial<WireMessage> = {}): WireMessage => ({ role: "assistant", content, ...more });

test("turns, and the beginning of the next one", () => {
  expect(renderPrompt(chat([system, user("Q"), assistant("A")]))).toBe(
    "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n<|im_start|>assistant\n",
  );
});

test("a thought stays while only observations follow, and goes with the next question", () => {
  const thought = "<think>\nT\n</think>\n\nA";
  const observed = renderPrompt(chat([user("Q"), assistant(thought), user("<tool_response>\nO\n</tool_response>")]));
  expect(observed).toContain("<|im_start|>assistant\n<think>\nT\n</think>\n\nA<|im_end|>");
  const asked = renderPrompt(chat([user("Q"), assistant(thought), user("And?")]));
  expect(asked).toContain("<|im_start|>assistant\nA<|im_end|>");
  const loose = renderPrompt(chat([user("Q"), assistant(thought), user("<tool_response>\nO\n</tool_response>\n")]));
  expect(loose).not.toContain("<think>");
});

test.each(["reasoning", "reasoning_content"] as const)("a thought in %s reads like one in the text", (field) => {
  const apart = renderPrompt(chat([user("Q"), assistant("A", { [field]: "T" }), { role: "tool", content: "O" }]));
  const together = renderPrompt(chat([user("Q"), assistant("<think>\nT\n</think>\n\nA"), { role: "tool", content: "O" }]));
  expect(apart).toBe(together);
});

test("neighbouring tool messages share one turn of the user", () => {
  expect(
    renderPrompt(
      chat([
        { role: "tool", content: "1" },
        { role: "tool", content: "2" },
      ]),
    ),
  ).toBe("<|im_start|>user\n<tool_response>\n1\n</tool_response>\n<tool_response>\n2\n</tool_response><|im_end|>\n<|im_start|>assistant\n");
});

test("calls are written in the words the model writes them in, whatever the spaces of their JSON", () => {
  const calls = [
    { id: "1", function: { name: "search", arguments: '{"query":["a","b"]}' } },
    { id: "2", function: { name: "visit", arguments: '{"url": "u"}' } },
  ];
  expect(renderPrompt(chat([user("Q"), assistant("", { reasoning: "T", tool_calls: calls })]))).toContain(
    '<think>\nT\n</think>\n\n<tool_call>\n{"name": "search", "arguments": {"query": ["a", "b"]}}\n</tool_call>\n<tool_call>\n{"name": "visit", "arguments": {"url": "u"}}\n</tool_call><|im_end|>',
  );
});

test("tools stand in the system turn", () => {
  const tools = [{ type: "function" as const, function: { name: "search", parameters: { type: "object" } } }];
  const prompt = renderPrompt(chat([system, user("Q")], { tools }));
  expect(prompt).toContain("\n\n# Tools");
  expect(prompt).toContain('<tools>\n{"type": "function", "function": {"name": "search", "parameters": {"type": "object"}}}\n</tools>');
  expect(prompt.startsWith("<|im_start|>system\nS\n\n# Tools")).toBe(true);
});

test("where the output begins", () => {
  const messages = [user("Q")];
  expect(renderPrompt(chat(messages), { thinkInPrompt: true })).toMatch(/assistant\n<think>\n$/);
  expect(renderPrompt(chat(messages, { chat_template_kwargs: { enable_thinking: false } }))).toMatch(
    /assistant\n<think>\n\n<\/think>\n\n$/,
  );
  const open = [...messages, assistant("Half")];
  expect(renderPrompt(chat(open, { continue_final_message: true, add_generation_prompt: false }))).toMatch(/assistant\nHalf$/);
});
