import type { ForeseenValue } from "#lib/model/model.ts";

/** What the reader of a call stands in: an object with the key it is at, or an array. */
type Frame = { kind: "object"; key: string | null } | { kind: "array" };

/**
 * Reads the JSON of a call while it is written and tells each string of its arguments as soon as its closing quote is there:
 * `arguments.<key>` or `arguments.<key>[…]`. It only ever foresees: what the call really is, the finished turn says. Text that is not JSON
 * gives nothing.
 */
export function foreseeValues(foresee: (value: ForeseenValue) => void): { push(text: string): void } {
  const frames: Frame[] = [];
  let tool = "";
  let inString = false;
  let escaped = false;
  let string = "";
  const early: { argument: string; value: string }[] = [];

  function ended(raw: string): void {
    const value = parsed(raw);
    const top = frames.at(-1);
    if (value === null || !top) return;
    if (top.kind === "object" && top.key === null) {
      top.key = value; // a key: what follows the colon is its value
      return;
    }
    const [call, given] = frames;
    if (call?.kind !== "object") return;
    if (frames.length === 1 && call.key === "name") {
      tool = value;
      for (const each of early.splice(0)) foresee({ tool, ...each });
    }
    const isValue = frames.length === 2 || (frames.length === 3 && top.kind === "array");
    if (!isValue || call.key !== "arguments" || given?.kind !== "object" || given.key === null) return;
    const argument = given.key;
    if (tool) foresee({ tool, argument, value });
    else early.push({ argument, value });
  }

  function take(character: string): void {
    const top = frames.at(-1);
    if (character === "{") frames.push({ kind: "object", key: null });
    else if (character === "[") frames.push({ kind: "array" });
    else if (character === "}" || character === "]") frames.pop();
    else if (character === "," && top?.kind === "object") top.key = null;
    else if (character === '"' && top) inString = true;
  }

  return {
    push(text) {
      for (const character of text) {
        if (!inString) take(character);
        else if (escaped) escaped = false;
        else if (character === "\\") escaped = true;
        else if (character === '"') {
          inString = false;
          ended(string);
          string = "";
          continue;
        }
        if (inString && !(string === "" && character === '"')) string += character;
      }
    },
  };
}

function parsed(raw: string): string | null {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return null;
  }
}
