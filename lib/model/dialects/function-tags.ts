import type { AskedCall } from "#lib/domain/event.ts";
import { argumentsOrProblem } from "./arguments-or-problem.ts";

const whole = /<function=([^>\s]+)\s*>([\s\S]*?)<\/function>/g;
const parameter = /<parameter=([^>]+)>([\s\S]*?)(?:<\/parameter>|(?=<parameter=)|$)/g;

/**
 * Calls in the tags of Qwen3-Coder and Qwen3.5: `<function=name>` with a `<parameter=name>` for each argument, or with one JSON object. Only
 * a function with both of its tags is a call. A value that is the JSON of a list or an object is that; every other is the text that stands there.
 */
export const readFunctionTags = (text: string): AskedCall[] =>
  [...text.matchAll(whole)].map(([, name = "", body = ""]) =>
    argumentsOrProblem(name, body.trim().startsWith("{") ? body : parametersIn(body)),
  );

const parametersIn = (body: string) =>
  Object.fromEntries([...body.matchAll(parameter)].map(([, name = "", value = ""]) => [name.trim(), readValue(value)]));

function readValue(text: string): unknown {
  const value = text.replace(/^\r?\n/, "").replace(/\r?\n$/, "");
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
