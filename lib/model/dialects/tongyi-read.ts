import JSON5 from "json5";
import { z } from "zod";
import type { StepMove } from "#lib/domain/event.ts";

const pythonName = "PythonInterpreter";

const callSchema = z.object({ name: z.string().min(1), arguments: z.unknown() });

const notACall =
  'Error: Tool call is not a valid JSON. Tool call must contain a valid "name" and "arguments" field, for example {"name": "search", "arguments": {"query": ["…"]}}.';
const notPython = `[Python Interpreter Error]: Formatting error. Call ${pythonName} with "arguments": {} and put the code between <code> and </code> inside the tool call.`;

/**
 * Reads a finished turn of the Tongyi dialect. Only the text after the last `</think>` decides, so tags that are merely thought
 * about do nothing; an answer beats a call in the same turn; of several calls the first counts; a call is told by its parsed
 * `name`, never by what its text mentions. An observation the model invented for itself is cut off before anything is read.
 */
export function readTurn(text: string): { raw: string; thought: string; move: StepMove } {
  const raw = beforeTag(text, "<tool_response>").trim();
  const { thought, rest } = splitThought(raw);
  return { raw, thought, move: moveOf(rest) };
}

function beforeTag(text: string, tag: string): string {
  const index = text.indexOf(tag);
  return index < 0 ? text : text.slice(0, index);
}

/** A turn that opens a thought and never closes it is all thought; one that only closes it began in mid-thought. */
function splitThought(raw: string): { thought: string; rest: string } {
  const end = raw.lastIndexOf("</think>");
  if (end >= 0)
    return {
      thought: raw
        .slice(0, end)
        .replace(/^\s*<think>/, "")
        .trim(),
      rest: raw.slice(end + "</think>".length),
    };
  const open = raw.indexOf("<think>");
  if (open < 0) return { thought: "", rest: raw };
  return { thought: raw.slice(open + "<think>".length).trim(), rest: raw.slice(0, open) };
}

function moveOf(rest: string): StepMove {
  const answer = between(rest, "<answer>", "</answer>");
  if (answer !== null) return { kind: "answer", text: answer.trim() };
  const call = between(rest, "<tool_call>", "</tool_call>");
  if (call !== null) return callOf(call);
  // Cut off at the token limit, or the closing tag was forgotten: what is there can be read only if it is whole by itself.
  const open = rest.indexOf("<tool_call>");
  if (open >= 0) return callOf(rest.slice(open + "<tool_call>".length));
  const openAnswer = rest.indexOf("<answer>");
  if (openAnswer >= 0 && rest.slice(openAnswer + 8).trim()) return { kind: "answer", text: rest.slice(openAnswer + 8).trim() };
  return { kind: "none" };
}

function between(text: string, open: string, close: string): string | null {
  const start = text.indexOf(open);
  if (start < 0) return null;
  const end = text.indexOf(close, start + open.length);
  return end < 0 ? null : text.slice(start + open.length, end);
}

function callOf(text: string): StepMove {
  const code = between(text, "<code>", "</code>");
  const json = beforeTag(text, "<code>").trim();
  const parsed = callSchema.safeParse(parseLoosely(json));
  if (!parsed.success) return { kind: "unreadable", problem: notACall };
  const { name } = parsed.data;
  if (name === pythonName && code !== null) return { kind: "call", tool: name, arguments: { code: code.trim() } };
  const given = typeof parsed.data.arguments === "string" ? parseLoosely(parsed.data.arguments) : (parsed.data.arguments ?? {});
  const args = z.record(z.string(), z.unknown()).safeParse(given);
  if (!args.success || isDeeperThan(mostLevels, args.data)) return { kind: "unreadable", problem: notACall };
  if (name === pythonName && typeof args.data.code !== "string") return { kind: "unreadable", problem: notPython };
  return { kind: "call", tool: name, arguments: args.data };
}

/** Arguments of tools are flat; what nests without end was written to break who reads it. */
const mostLevels = 32;
const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === "object" && value !== null && (levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part)));

/** JSON, else JSON5 (single quotes, trailing commas, comments); undefined when it is neither. Nothing is guessed beyond that. */
function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON5.parse(text);
    } catch {
      return undefined;
    }
  }
}
