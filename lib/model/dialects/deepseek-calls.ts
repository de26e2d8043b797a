import type { AskedCall } from "#lib/domain/event.ts";
import { argumentsOrProblem } from "./arguments-or-problem.ts";

const call =
  /<｜tool▁call▁begin｜>(?:function<｜tool▁sep｜>)?([^<\n]*?)(?:<｜tool▁sep｜>|\n```json\n)([\s\S]*?)(?:\n```\s*)?<｜tool▁call▁end｜>/g;
const invoke = /<｜DSML｜invoke name="([^"]*)">([\s\S]*?)<\/｜DSML｜invoke>/g;
const parameter = /<｜DSML｜parameter name="([^"]*)"(?: string="(true|false)")?>([\s\S]*?)<\/｜DSML｜parameter>/g;

/**
 * Calls in DeepSeek's own marks: the special tokens of V3 and R1, and the DSML of V3.2 and later, where each parameter says whether it is
 * text or JSON. Only a call with both of its marks is one.
 */
export const readDeepseekCalls = (text: string): AskedCall[] => [
  ...[...text.matchAll(call)].map(([, name = "", given = ""]) => argumentsOrProblem(name.trim(), given)),
  ...[...text.matchAll(invoke)].map(([, name = "", body = ""]) => argumentsOrProblem(name, parametersIn(body))),
];

function parametersIn(body: string): unknown {
  const given: [string, unknown][] = [];
  for (const [, name = "", isText, value = ""] of body.matchAll(parameter)) {
    const read = isText === "false" ? strictJson(value) : value;
    if (read === undefined) return value; // no JSON where the model said that there is: not an object, and so a problem
    given.push([name, read]);
  }
  const [only] = given;
  // V4 may give all arguments as one parameter of that name.
  return given.length === 1 && only?.[0] === "arguments" && typeof only[1] === "object" ? only[1] : Object.fromEntries(given);
}

function strictJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
