import type { RewriteWishes } from "#lib/domain/report.ts";

/** What was asked of a version: `shorter, in Chinese, “costs in a table”`. */
export function wishWords({ length, language, instructions, model }: RewriteWishes): string {
  const words = [length, language && `in ${language}`, model && `with ${model}`, instructions && `“${instructions}”`].filter(Boolean);
  return words.length > 0 ? words.join(", ") : "no other wishes";
}
