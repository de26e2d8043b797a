import type { CheckedPart, PartState } from "./check-up.ts";

const count = (parts: readonly Pick<CheckedPart, "state">[], state: PartState) => parts.filter((part) => part.state === state).length;

/** A check in one line: `2 to mend, 2 limited, 8 work`. What is off is no finding; zeros are left out. */
export function sumUp(parts: readonly Pick<CheckedPart, "state">[]): string {
  const working = count(parts, "works");
  const words = [
    [count(parts, "mend"), "to mend"],
    [count(parts, "limited"), "limited"],
    [working, working === 1 ? "works" : "work"],
  ] as const;
  const said = words.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return said.join(", ") || "Nothing is set up";
}
