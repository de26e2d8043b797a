import type { CallView } from "#lib/domain/run-view.ts";

/** What a call asks for, read from arguments that a model wrote: a list, one string, or something else. */
export const queriesOf = (call: Pick<CallView, "arguments">): string[] => listOf(call.arguments.query);
export const urlsOf = (call: Pick<CallView, "arguments">): string[] => listOf(call.arguments.url);
export const goalOf = (call: Pick<CallView, "arguments">): string => (typeof call.arguments.goal === "string" ? call.arguments.goal : "");

export const filesOf = (call: Pick<CallView, "arguments">): string[] => listOf(call.arguments.files);
export const codeOf = (call: Pick<CallView, "arguments">): string => (typeof call.arguments.code === "string" ? call.arguments.code : "");

function listOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
