import JSON5 from "json5";
import { z } from "zod";

const text = z.union([z.string(), z.array(z.string()).transform((parts) => parts.join("\n"))]);
export const extractionSchema = z.object({ rational: text.default(""), evidence: text, summary: text });
export type Extraction = z.infer<typeof extractionSchema>;

/** Reads the extraction from a model's reply: the JSON itself, in a code fence, or between the first `{` and the last `}`. Null when it is none of these. */
export function readExtraction(reply: string): Extraction | null {
  const fenceless = reply.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, "");
  const braces = fenceless.slice(fenceless.indexOf("{"), fenceless.lastIndexOf("}") + 1);
  for (const candidate of [fenceless, braces]) {
    const parsed = extractionSchema.safeParse(parse(candidate));
    if (parsed.success) return parsed.data;
  }
  return null;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    try {
      return JSON5.parse(json);
    } catch {
      return undefined;
    }
  }
}
