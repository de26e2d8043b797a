import { pythonJson } from "./python-json.ts";
import type { Reply } from "./reply.ts";

export interface PolicyCall {
  name: string;
  arguments: Record<string, unknown>;
}

/** How a policy speaks: all in one text, as Tongyi DeepResearch does, or apart, as a server with parsers does. */
export type PolicyDialect = "tongyi" | "native";

export function callTurn(dialect: PolicyDialect, thought: string, calls: readonly PolicyCall[]): Extract<Reply, { kind: "text" | "turn" }> {
  if (dialect === "native")
    return {
      kind: "turn",
      reasoning: thought,
      calls: calls.map(({ name, arguments: fields }) => ({ name, arguments: pythonJson(fields) })),
    };
  const blocks = calls.map(({ name, arguments: fields }) => `<tool_call>\n${pythonJson({ name, arguments: fields })}\n</tool_call>`);
  return { kind: "text", text: `<think>\n${thought}\n</think>\n${blocks.join("\n")}` };
}

export const answerTurn = (dialect: PolicyDialect, thought: string, answer: string): Extract<Reply, { kind: "text" | "turn" }> =>
  dialect === "native"
    ? { kind: "turn", reasoning: thought, content: answer }
    : { kind: "text", text: `<think>\n${thought}\n</think>\n<answer>${answer}</answer>` };
