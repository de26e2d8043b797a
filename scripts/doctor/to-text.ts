import { type CheckedPart, type CheckUp, groupTitles } from "#lib/domain/check-up.ts";
import { sumUp } from "#lib/domain/sum-up.ts";

const words: Record<CheckedPart["state"], string> = { works: "works", limited: "LIMITED", mend: "MEND", off: "off" };

const width = 100;
const indent = " ".repeat(10);
const noBreak = "\u00a0";

/** A check as plain text: the sum, then each group with its parts, lines to copy on lines of their own. */
export function toText({ parts, durationMs }: CheckUp): string {
  const groups = Object.entries(groupTitles).flatMap(([group, title]) => {
    const members = parts.filter((part) => part.group === group);
    return members.length > 0 ? [[title, ...members.flatMap(partLines)].join("\n")] : [];
  });
  return `\n${sumUp(parts)} (${inSeconds(durationMs)})\n\n${groups.join("\n\n")}\n`;
}

function partLines(part: CheckedPart): string[] {
  const took = part.durationMs > 0 ? `  (${inSeconds(part.durationMs)})` : "";
  return [
    `  ${words[part.state].padEnd(8)}${printable(part.name)}${took}`,
    ...wrapped(part.says),
    ...(part.facts.length > 0 ? wrapped(part.facts.map((fact) => fact.replaceAll(" ", noBreak)).join(" · ")) : []),
    ...part.mend.flatMap((mending) => [
      ...wrapped(mending.what),
      ...mending.lines.split("\n").map((line) => `${indent}    ${printable(line)}`),
      ...(mending.takeAway.length > 0 ? wrapped(`Take these away: ${mending.takeAway.join(", ")}`) : []),
    ]),
  ];
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text)
    .split(/[ \n\t]+/)
    .filter(Boolean)) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].filter(Boolean).map((each) => indent + each.replaceAll(noBreak, " "));
}

/** Names and messages come from servers: a terminal must not obey them. */
const printable = (text: string) => text.replaceAll(/\p{Cc}/gu, " ");

const inSeconds = (milliseconds: number) => (milliseconds < 100 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`);
