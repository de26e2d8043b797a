import JSON5 from "json5";

const pythonWords: Record<string, string> = { True: "true", False: "false", None: "null" };
const stringOrWord = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\b(?:True|False|None)\b/g;

/**
 * JSON as models write it: strict, else JSON5 (single quotes, trailing commas, comments), else with Python's True, False and None and with
 * raw line breaks inside strings. Each has exactly one reading; undefined when the text has none. Nothing is guessed beyond that.
 */
export function looseJson(text: string): unknown {
  for (const read of [JSON.parse, JSON5.parse, pythonic]) {
    try {
      return read(text);
    } catch {
      // the next, wider reading is tried
    }
  }
  return undefined;
}

const pythonic = (text: string): unknown =>
  JSON5.parse(
    text.replace(stringOrWord, (token) => pythonWords[token] ?? token.replaceAll("\r", "").replaceAll("\n", "\\n").replaceAll("\t", "\\t")),
  );
