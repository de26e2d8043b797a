import type { FigureRef } from "#lib/domain/figure.ts";
import { messagesText } from "#lib/domain/reader-message.ts";
import type { RewriteWishes } from "#lib/domain/report.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { cutEvenly, cutTo } from "#lib/std/cut-evenly.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { EvidenceBank, EvidencePassage } from "./evidence.ts";
import { closingRules, outlineRules, sectionLength, sectionRules, wishLines, writerSystem } from "./rules.ts";
import type { NextPart, Writing } from "./writing.ts";

/** What a report is written for and from. */
export interface Assignment {
  question: string;
  /** What the reader added to it since. */
  messages?: readonly string[];
  /** What the research came to, or the version that is written again. It may be wrong: the passages decide. */
  finding: string;
  bank: EvidenceBank;
  /** What scripts of the run drew, with what they printed. */
  figures: readonly (FigureRef & { printed: string })[];
  /** What went wrong with the search and the lanes, in sentences. */
  limitations: readonly string[];
  wishes: RewriteWishes;
}

type AskedPart = Extract<NextPart, { kind: "outline" | "section" | "closing" }>;

/** Of the prompt, what the question, what was added to it, the finding and the limitations may take. */
const shares = { question: 0.1, messages: 0.1, finding: 0.2, limitations: 0.05 };

/** The prompt of one part of a report, in at most about so many tokens. Each part sees only what it needs: a section the passages of its own. */
export function promptOf(part: AskedPart, assignment: Assignment, writing: Writing, tokens: number): ChatMessage[] {
  const text = textOf(part, assignment, writing, tokens - roughTokens(writerSystem));
  return [
    { role: "system", content: writerSystem },
    { role: "user", content: text },
  ];
}

function textOf(part: AskedPart, assignment: Assignment, writing: Writing, tokens: number): string {
  const { messages = [] } = assignment;
  const asked = `Question:\n${cutTo(withoutControlTags(assignment.question), tokens * shares.question)}`;
  const question = messages.length === 0 ? asked : `${asked}\n\n${messagesText(cutEvenly(messages, tokens * shares.messages))}`;
  const wishes = wishLines(assignment.wishes);
  const withRoom = (before: string[], passages: readonly EvidencePassage[], after: string[]) => {
    const room = tokens - roughTokens([...before, ...after].join("\n\n"));
    return [...before, passagesText(passages, Math.max(0, room)), ...after].join("\n\n");
  };
  switch (part.kind) {
    case "outline": {
      const finding = cutTo(harmless(assignment.finding), tokens * shares.finding);
      const found = `What the research came to. It may be wrong: the passages decide.\n<finding>\n${finding}\n</finding>`;
      return withRoom([question, found], assignment.bank, [outlineRules(assignment.wishes), wishes]);
    }
    case "section": {
      const { outline } = writing;
      const section = outline?.form === "report" ? outline.sections[part.index] : undefined;
      const passages = assignment.bank.filter(({ number }) => section?.passages.includes(number));
      return withRoom([question, outlineText(writing, part.index), ...figuresText(assignment.figures)], passages, [
        sectionRules(sectionLength(assignment.wishes)),
        wishes,
      ]);
    }
    case "closing": {
      const troubles = cutTo(
        withoutControlTags(assignment.limitations.map((line) => `- ${oneLine(line)}`).join("\n")),
        tokens * shares.limitations,
      );
      const open = writing.outline?.form === "report" ? writing.outline.open.map((line) => `- ${harmless(line)}`).join("\n") : "";
      const tail = [
        ...(open === "" ? [] : [`Open points of the outline:\n${open}`]),
        ...(troubles === "" ? [] : [`What hindered the search:\n${troubles}`]),
        closingRules,
        wishes,
      ];
      const room = tokens - roughTokens([question, ...tail].join("\n\n"));
      return [question, `The sections:\n${writtenText(writing, Math.max(0, room))}`, ...tail].join("\n\n");
    }
    default:
      return part satisfies never;
  }
}

/** Every passage between tags of its own, whatever stands in it: a page must not end its passage, nor pass for another one. */
function passagesText(passages: readonly EvidencePassage[], tokens: number): string {
  const heads = passages.map(({ number, source }) => `<passage id="p${number}" from="${attribute(`${source.title}, ${source.site}`)}">`);
  const texts = cutEvenly(
    passages.map(({ passage }) => harmless(passage.text)),
    tokens - roughTokens(heads.join("\n</passage>\n")),
  );
  return ["Passages:", ...passages.map((_, index) => `${heads[index]}\n${texts[index]}\n</passage>`)].join("\n");
}

const mostPrinted = 600;

/** A figure is shown where it belongs, once; what it shows is told by its script. */
function figuresText(figures: Assignment["figures"]): string[] {
  if (figures.length === 0) return [];
  const lines = figures.map(
    ({ n, name, printed }) =>
      `figure:${n} ${attribute(name)}\n<printed>\n${harmless(printed.slice(0, mostPrinted).toWellFormed())}\n</printed>`,
  );
  return [
    `Figures that were computed, each with what its script printed, which is material. Where one belongs into this section, put it on a line of its own: ![what it shows](figure:1)\n${lines.join("\n")}`,
  ];
}

const attribute = (text: string) => harmless(oneLine(text)).replace(/["<>]/g, " ").slice(0, 160).toWellFormed();
/** Text that can neither end its tag nor pass for one of ours or of the chat template. */
const harmless = (text: string) => withoutControlTags(text).replace(/<(?=\s*\/?\s*(?:passage|finding|printed)\b)/gi, "<\u200b");

function outlineText({ outline }: Writing, current: number): string {
  if (outline?.form !== "report") return "";
  const lines = outline.sections.map(
    ({ title }, index) => `${index + 1}. ${title}${index === current ? "   (this is the section to write)" : ""}`,
  );
  return `Outline of the report:\n${harmless(lines.join("\n"))}`;
}

function writtenText({ outline, sections }: Writing, tokens: number): string {
  if (outline?.form !== "report") return "";
  const texts = cutEvenly(
    sections.map((text) => harmless(text ?? "(nothing could be written here)")),
    tokens,
  );
  return outline.sections.map(({ title }, index) => `## ${harmless(title)}\n${texts[index] ?? ""}`).join("\n\n");
}
