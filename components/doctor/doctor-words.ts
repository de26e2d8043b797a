import type { CheckedPart, CheckUp } from "#lib/domain/check-up.ts";

export type Group = CheckedPart["group"];
export type PlannedPart = Pick<CheckedPart, "group" | "name">;

/** The groups in the order of the page, with what is set where. */
export const groups: readonly { group: Group; title: string; note: (parts: readonly PlannedPart[]) => string }[] = [
  {
    group: "model",
    title: "Model servers",
    note: (parts) => (parts.length > 1 ? `MODEL_BASE_URL, ${parts.length} replicas` : "MODEL_BASE_URL"),
  },
  { group: "summary-model", title: "Servers that extract from pages", note: () => "SUMMARY_MODEL_BASE_URL" },
  { group: "search", title: "Search", note: () => "SEARCH_PROVIDERS, in this order" },
  { group: "storage", title: "Storage and workers", note: () => "DATABASE_URL" },
];

/** What the findings mean for research, in one sentence. */
export function meaningOf({ parts }: CheckUp): string {
  const models = parts.filter((part) => part.group === "model");
  const usable = models.filter((part) => part.state === "works" || part.state === "limited").length;
  if (models.every((part) => part.state === "off")) return "No language model is set: reports quote.";
  if (usable === 0) return "No model server can be used as it is.";
  return `Research runs on ${inWords(usable)} model ${usable === 1 ? "server" : "servers"}${usable < models.length ? ` of ${inWords(models.length)}` : ""}.`;
}

const small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const inWords = (count: number) => small[count] ?? String(count);
