import { z } from "zod";
import { type Finding, type Stance, stanceSchema } from "#lib/domain/heavy.ts";
import { looseJson } from "./loose-json.ts";

const mostFindings = 40;
const longest = 1_000;

const written = z.object({
  finding: z.string().trim().min(1),
  lanes: z.record(z.string(), z.unknown()).catch({}),
  sources: z.array(z.coerce.number().int().positive().nullable().catch(null)).catch([]),
  verdict: z.string().trim().optional().catch(undefined),
});

/**
 * The findings a synthesis wrote, as far as they can be read: an array of objects, or objects one after the other. What is no finding is left
 * out; a stance that is none of the four is left out too, so nobody is said to agree who was not said to.
 */
export function readFindings(text: string): Finding[] {
  return valuesIn(text)
    .flatMap((value) => {
      const parsed = written.safeParse(value);
      return parsed.success ? [toFinding(parsed.data)] : [];
    })
    .slice(0, mostFindings);
}

function toFinding({ finding, lanes, sources, verdict }: z.infer<typeof written>): Finding {
  return {
    finding: finding.slice(0, longest),
    lanes: Object.entries(lanes).flatMap(([lane, said]) => laneOf(lane, said)),
    sources: [...new Set(sources.filter((n) => n !== null))],
    ...(verdict && { verdict: verdict.slice(0, longest) }),
  };
}

function laneOf(lane: string, said: unknown): Finding["lanes"] {
  const number = Number(/\d+/.exec(lane)?.[0]);
  const [, word = "", note = ""] = typeof said === "string" ? (/^\s*(\w+)\s*[:,;–—-]?\s*([\s\S]*)$/.exec(said) ?? []) : [];
  const stance = stanceSchema.safeParse(aliases[word.toLowerCase()] ?? word.toLowerCase());
  if (!Number.isInteger(number) || number < 1 || !stance.success) return [];
  const trimmed = note.trim().slice(0, 200);
  return [{ lane: number, stance: stance.data, ...(trimmed && { note: trimmed }) }];
}

/** What models write for the four words. */
const aliases: Record<string, Stance> = {
  agree: "agrees",
  agreed: "agrees",
  supports: "agrees",
  partial: "partly",
  partially: "partly",
  differ: "differs",
  disagrees: "differs",
  contradicts: "differs",
  none: "silent",
};

/** Values of a text that is JSON, or nearly: with a fence around it, with comments, one object a line, or cut off in its last object. */
function valuesIn(text: string): unknown[] {
  const bare = text.replace(/^\s*```(?:json)?|```\s*$/g, "").trim();
  const whole = looseJson(bare);
  if (Array.isArray(whole)) return whole;
  if (whole !== undefined) return [whole];
  return objectsIn(bare).flatMap((each) => looseJson(each) ?? []);
}

/** The outermost `{…}` of a text, strings respected. */
function objectsIn(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = depth > 0;
    else if (character === "{" && depth++ === 0) start = index;
    else if (character === "}" && depth > 0 && --depth === 0) found.push(text.slice(start, index + 1));
  }
  return found;
}
