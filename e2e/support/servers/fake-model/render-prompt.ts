import { assistantTurn } from "./assistant-turn.ts";
import { pythonJson } from "./python-json.ts";
import { hashOf } from "./seeded.ts";
import { tokenIds } from "./tokens-of.ts";
import type { ChatRequest, WireMessage, WireTool } from "./wire.ts";

export interface TemplateOptions {
  /** The prompt ends in `<think>`, as with Qwen3.5 and Thinking-2507: the output begins mid-thought and only `</think>` appears in it. */
  thinkInPrompt?: boolean;
}

/**
 * The prompt of a request in ChatML with the rules of Qwen3's template, in pieces: a tokenizer never joins across a piece's end, which is
 * what lets the tokens of an answer come back as the tokens of the next prompt.
 */
export function promptPieces(chat: ChatRequest, options: TemplateOptions = {}): string[] {
  const { messages } = chat;
  const tools = chat.tools ?? [];
  const pieces: string[] = [];
  const lastQuery = messages.findLastIndex(isQuery);
  const system = messages[0]?.role === "system" ? messages[0] : null;
  if (system || tools.length > 0) {
    pieces.push("<|im_start|>system\n", system?.content ?? "");
    if (tools.length > 0) pieces.push(toolsBlock(tools, system !== null));
    pieces.push("<|im_end|>\n");
  }
  for (const [index, message] of messages.entries()) {
    if (message === system) continue;
    const open = chat.continue_final_message === true && index === messages.length - 1;
    if (message.role === "tool") pieces.push(...observation(message, messages[index - 1], messages[index + 1]));
    else if (message.role === "assistant")
      pieces.push("<|im_start|>assistant\n", ...said(message, index > lastQuery, options), ...(open ? [] : ["<|im_end|>\n"]));
    else pieces.push(`<|im_start|>${message.role}\n`, message.content, "<|im_end|>\n");
  }
  if (chat.add_generation_prompt !== false && !chat.continue_final_message) pieces.push(...generationPrompt(chat, options));
  return pieces;
}

/** The prompt as one text. */
export const renderPrompt = (chat: ChatRequest, options?: TemplateOptions) => promptPieces(chat, options).join("");

/** The tokens of the prompt, piece by piece. */
export const promptIds = (chat: ChatRequest, options?: TemplateOptions) => promptPieces(chat, options).map(tokenIds);

/** A hash of the whole prompt: two requests with the same one had the same prompt. */
export const promptHash = (chat: ChatRequest, options?: TemplateOptions) => hashOf(renderPrompt(chat, options));

/** A question by a person. An observation wrapped in exactly these tags is none, so that the thought before it stays in the prompt. */
const isQuery = ({ role, content }: WireMessage) =>
  role === "user" && !(content.startsWith("<tool_response>") && content.endsWith("</tool_response>"));

const observation = (message: WireMessage, before: WireMessage | undefined, after: WireMessage | undefined): string[] => [
  before?.role === "tool" ? "\n<tool_response>\n" : "<|im_start|>user\n<tool_response>\n",
  message.content,
  after?.role === "tool" ? "\n</tool_response>" : "\n</tool_response><|im_end|>\n",
];

/** A turn of the model: its thought only after the last question, whether it came in a field of its own or in the text. */
function said(message: WireMessage, withThought: boolean, options: TemplateOptions): string[] {
  const { reasoning, content } = taken(message);
  const calls = (message.tool_calls ?? []).map((call) => ({ name: call.function.name, arguments: asPython(call.function.arguments) }));
  const turn = { content, calls, ...(withThought && reasoning !== "" && { reasoning }) };
  const text = assistantTurn(turn)
    .map((part) => part.text)
    .join("");
  const head = "<think>\n";
  return options.thinkInPrompt && text.startsWith(head) ? [head, text.slice(head.length)] : [text];
}

function taken({ content, reasoning, reasoning_content }: WireMessage): { reasoning: string; content: string } {
  const apart = reasoning ?? reasoning_content;
  if (typeof apart === "string") return { reasoning: apart, content };
  const end = content.lastIndexOf("</think>");
  if (end < 0) return { reasoning: "", content };
  const thought = content.slice(0, content.indexOf("</think>"));
  return {
    reasoning: thought.replace(/\n+$/, "").split("<think>").at(-1)?.replace(/^\n+/, "") ?? "",
    content: content.slice(end + "</think>".length).replace(/^\n+/, ""),
  };
}

/** vLLM parses the arguments of a call in the history and the template writes them anew. */
const asPython = (json: string) => (json === "" ? "{}" : pythonJson(JSON.parse(json)));

function generationPrompt(chat: ChatRequest, options: TemplateOptions): string[] {
  const head = "<|im_start|>assistant\n";
  if (chat.chat_template_kwargs?.enable_thinking === false) return [head, "<think>\n\n</think>\n\n"];
  return options.thinkInPrompt ? [head, "<think>\n"] : [head];
}

const toolsBlock = (tools: WireTool[], afterSystem: boolean) =>
  `${afterSystem ? "\n\n" : ""}# Tools\n\nThese functions may be called, one or more at a time. Their signatures:\n<tools>\n` +
  `${tools.map(pythonJson).join("\n")}\n</tools>\n\nTo call one, write its name and arguments as JSON between these tags:\n` +
  '<tool_call>\n{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>';
