import { z } from "zod";
import type { AskedCall } from "#lib/domain/event.ts";
import { looseJson } from "./loose-json.ts";

const open = "<tool_call>";
const close = "</tool_call>";
export const pythonName = "PythonInterpreter";

const callSchema = z.object({ name: z.string().min(1), arguments: z.unknown() });
const argumentsSchema = z.record(z.string(), z.unknown());

export const notACall =
  'Error: Tool call is not a valid JSON. Tool call must contain a valid "name" and "arguments" field, for example {"name": "search", "arguments": {"query": ["…"]}}.';
const notPython = `[Python Interpreter Error]: Formatting error. Call ${pythonName} with "arguments": {} and put the code between <code> and </code> inside the tool call.`;

/**
 * The calls written as text, in order: a JSON object between `<tool_call>` tags, for Python with the code behind it. A call is told by its
 * parsed `name`, never by what its text mentions; what cannot be read becomes a problem and is not carried out.
 */
export const readCalls = (text: string): AskedCall[] => callTexts(text).map(readCall);

/**
 * What stands between the tags. A call whose closing tag is missing ends where the next one begins, unless the opening tag stands inside one
 * of its strings: then the whole reads as JSON, and the half does not. The last one may be without an end, when it is whole by itself.
 */
function callTexts(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf(open); at >= 0; ) {
    const start = at + open.length;
    const end = endOf(text, start);
    const whole = text.slice(start, end);
    const next = text.indexOf(open, start);
    const forgotten = next >= 0 && next < end && "problem" in readCall(whole);
    found.push(forgotten ? text.slice(start, next) : whole);
    at = forgotten ? next : text.indexOf(open, end);
  }
  return found.filter((each) => each.trim() !== "" || found.length === 1);
}

/** The closing tag of the call that begins at `start`; one inside its code does not count. */
function endOf(text: string, start: number): number {
  const end = text.indexOf(close, start);
  const code = text.indexOf("<code>", start);
  const codeEnd = code >= 0 && code < end ? text.indexOf("</code>", code) : -1;
  const real = codeEnd > end ? text.indexOf(close, codeEnd) : end;
  return real < 0 ? text.length : real;
}

function readCall(text: string): AskedCall {
  const code = /<code>([\s\S]*?)<\/code>/.exec(text)?.[1];
  const parsed = callSchema.safeParse(looseJson((code === undefined ? text : text.slice(0, text.indexOf("<code>"))).trim()));
  if (!parsed.success) return { tool: "", problem: notACall };
  const { name } = parsed.data;
  if (name === pythonName && code !== undefined) return { tool: name, arguments: { code: code.trim() } };
  const given = readArguments(parsed.data.arguments);
  if (!given) return { tool: name, problem: notACall };
  if (name === pythonName && typeof given.code !== "string") return { tool: name, problem: notPython };
  return { tool: name, arguments: given };
}

/** Arguments as an object, or as the JSON of one; null when they are neither, or nest without end. */
export function readArguments(value: unknown): Record<string, unknown> | null {
  const given = typeof value === "string" ? looseJson(value.trim() || "{}") : (value ?? {});
  const parsed = argumentsSchema.safeParse(given);
  return parsed.success && !isDeeperThan(mostLevels, parsed.data) ? parsed.data : null;
}

/** Arguments of tools are flat; what nests without end was written to break who reads it. */
const mostLevels = 32;
const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === "object" && value !== null && (levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part)));
