import type { AskedCall } from "#lib/domain/event.ts";
import { argumentsOrProblem } from "./arguments-or-problem.ts";

const message = /<\|channel\|>([\s\S]*?)<\|message\|>([\s\S]*?)(?:<\|end\|>|<\|call\|>|<\|return\|>|(?=<\|start\|>)|$)/g;

export interface HarmonyTurn {
  reasoning: string;
  content: string;
  calls: AskedCall[];
}

/** The channels of gpt-oss, where its server left them in the text: `analysis` is the thought, `final` the answer, `commentary to=` a call. */
export function readHarmony(text: string): HarmonyTurn | null {
  if (!/^\s*(?:<\|start\|>assistant)?<\|channel\|>/.test(text)) return null;
  const turn: HarmonyTurn = { reasoning: "", content: "", calls: [] };
  for (const [, header = "", body = ""] of text.matchAll(message)) {
    const called = /to=functions\.([\w.-]+)/.exec(header)?.[1];
    if (called) turn.calls.push(argumentsOrProblem(called, body));
    else if (/^\s*analysis/.test(header)) turn.reasoning += body;
    else turn.content += body;
  }
  return turn;
}
