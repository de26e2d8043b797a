import { z } from "zod";
import type { AskedCall } from "#lib/domain/event.ts";
import { readArguments } from "./arguments-or-problem.ts";
import { readFunctionTags } from "./function-tags.ts";
import { looseJson } from "./loose-json.ts";

const open = "<tool_call>";
const close = "</tool_call>";
const pythonName = "PythonInterpreter";

const callSchema = z.object({ name: z.string().min(1), arguments: z.unknown() });

const notACall =
  'Error: Tool call is not a valid JSON. Tool call must contain a valid "name" and "arguments" field, for example {"name": "search", "arguments": {"query": ["…"]}}.';
const notPython = `[Python Interpreter Error]: Formatting error. Call ${pythonName} with "arguments": {} and put the code between <code> and </code> inside the tool call.`;

/**
 * The calls written between `<tool_call>` tags, in order: each a JSON object, for Python with the code behind it, or Qwen's function tags. A
 * call is told by its parsed `name`, never by what its text mentions; what cannot be read becomes a problem and is not carried out.
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
  const filled = found.filter((each) => each.trim() !== "");
  return filled.length > 0 ? filled : found.slice(0, 1);
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
  if (/^\s*<function=/.test(text)) return readFunctionTags(text)[0] ?? { tool: "", problem: notACall };
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
