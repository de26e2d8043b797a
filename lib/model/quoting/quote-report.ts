import { composeAnswer } from "./compose-answer.ts";
import { extractByQuoting } from "./extract.ts";

/** The quoting model's report straight from texts that were read: what is left to give when a real model died with the evidence at hand. */
export function quoteReport(question: string, sources: { n: number; title: string; url: string; text: string }[]): string {
  const pages = sources.map((source) => ({ ...source, text: extractByQuoting(source, question).evidence }));
  return composeAnswer(question, pages, []);
}
