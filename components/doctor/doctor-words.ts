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
  { group: "scholar", title: "Scholarly works", note: () => "SCHOLAR_PROVIDERS, in this order" },
  { group: "reading", title: "Reading pages", note: () => "READ_PROVIDERS, in this order" },
  { group: "python", title: "Python", note: () => "PYTHON_SANDBOX" },
  { group: "files", title: "Files", note: () => "" },
  { group: "storage", title: "Storage and workers", note: () => "DATABASE_URL" },
];

/** What the findings mean for research, in a sentence or two. */
export function meaningOf({ parts }: CheckUp): string {
  return [modelMeaning(parts), ...searchMeaning(parts)].join(" ");
}

function modelMeaning(parts: readonly CheckedPart[]): string {
  const models = parts.filter((part) => part.group === "model");
  const usable = models.filter(isUsable).length;
  if (models.every((part) => part.state === "off")) return "No language model is set: reports quote.";
  if (usable === 0) return "No model server can be used as it is.";
  return `Research runs on ${inWords(usable)} model ${usable === 1 ? "server" : "servers"}${usable < models.length ? ` of ${inWords(models.length)}` : ""}.`;
}

/** Nothing is said of a search that works: the rows say it. */
function searchMeaning(parts: readonly CheckedPart[]): string[] {
  const search = parts.filter((part) => part.group === "search" && part.state !== "off");
  return search.length === 0 || search.some(isUsable) ? [] : ["Nothing can be searched as it is."];
}

const isUsable = (part: CheckedPart) => part.state === "works" || part.state === "limited";

const small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const inWords = (count: number) => small[count] ?? String(count);
