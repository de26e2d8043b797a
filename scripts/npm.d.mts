import type { Command } from "./long-step.mjs";

export function npm(parameters: string[]): Command;
export namespace npm {
  function explain(output: string): string;
}
