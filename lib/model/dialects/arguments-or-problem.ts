import { z } from "zod";
import type { AskedCall } from "#lib/domain/event.ts";
import { looseJson } from "./loose-json.ts";

const argumentsSchema = z.record(z.string(), z.unknown());

/** A call with its arguments read, or with the problem that the model is told. */
export function argumentsOrProblem(name: string, given: unknown): AskedCall {
  if (name === "") return { tool: "", problem: "Error: The tool call has no name." };
  const read = readArguments(given);
  if (read) return { tool: name, arguments: read };
  const shown = typeof given === "string" ? given : JSON.stringify(given);
  return { tool: name, problem: `Error: The arguments of ${name} are not a JSON object. They were: ${shown.slice(0, 500)}` };
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
