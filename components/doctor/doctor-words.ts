import { type CheckedPart, type CheckUp, groupTitles } from "#lib/domain/check-up.ts";

export type Group = CheckedPart["group"];
export type PlannedPart = Pick<CheckedPart, "group" | "name">;

/** What is set where. */
const notes: Record<Group, (parts: readonly PlannedPart[]) => string> = {
  model: (parts) => (parts.length > 1 ? `MODEL_BASE_URL, ${parts.length} replicas` : "MODEL_BASE_URL"),
  "summary-model": () => "SUMMARY_MODEL_BASE_URL",
  "synthesis-model": () => "SYNTHESIS_MODEL_BASE_URL",
  search: () => "SEARCH_PROVIDERS, in this order",
  scholar: () => "SCHOLAR_PROVIDERS, in this order",
  reading: () => "READ_PROVIDERS, in this order",
  python: () => "PYTHON_SANDBOX",
  files: () => "",
  storage: () => "DATABASE_URL",
};

/** The groups in the order of the page. */
export const groups = (Object.keys(groupTitles) as Group[]).map((group) => ({ group, title: groupTitles[group], note: notes[group] }));

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
