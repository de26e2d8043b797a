import type { ChatMessage } from "#lib/domain/transcript.ts";
import { writerSystem } from "#lib/domain/writer/rules.ts";
import { type ScriptedModel, scriptedModel, type Turn } from "./scripted-model.ts";

/** What the writer of a test says: by what its prompt asks for. A part that is missing here fails the test when it is asked for. */
export interface WriterLines {
  outline: string;
  /** By a part of the section's title. */
  sections?: Record<string, string>;
  closing?: string;
}

/** The pairs that a judge is asked about, by id; null: it is not the judge's prompt. */
export function askedPairs(messages: readonly ChatMessage[]): { id: string; claim: string; passage: string }[] | null {
  const [system, user] = messages;
  if (!system?.content.startsWith("You check citations.")) return null;
  const pairs = /<pair id="(c\d+)">\n<sentence>(.*?)<\/sentence>[\s\S]*?<passage>\n([\s\S]*?)\n<\/passage>/g;
  return [...(user?.content ?? "").matchAll(pairs)].map(([, id = "", claim = "", passage = ""]) => ({ id, claim, passage }));
}

export type AskedOfWriter = { kind: "outline" } | { kind: "section"; title: string } | { kind: "closing" };

/** Which part a prompt of the writer asks for; null: it is none of the writer's. */
export function askedPart(messages: readonly ChatMessage[]): AskedOfWriter | null {
  const [system, user] = messages;
  if (system?.content !== writerSystem) return null;
  const title = /^\d+\. (.*?) {3}\(this is the section to write\)$/m.exec(user?.content ?? "")?.[1];
  if (title !== undefined) return { kind: "section", title };
  return { kind: user?.content.includes("The sections are written.") ? "closing" : "outline" };
}

/** A scripted model that also writes: the turns are for the research, the lines for the report. */
export function writingModel(
  turns: Turn[],
  lines: WriterLines,
  verdict: (claim: string, passage: string) => string = () => "supported - it says so",
): ScriptedModel & { parts: AskedOfWriter[]; writerPrompts: string[]; judged: string[][] } {
  const research = scriptedModel(turns);
  const judged: string[][] = [];
  const parts: AskedOfWriter[] = [];
  const writerPrompts: string[] = [];
  return {
    ...research,
    parts,
    writerPrompts,
    judged,
    source: {
      async *complete(request, signal, onSilence) {
        const pairs = askedPairs(request.messages);
        if (pairs) {
          judged.push(pairs.map(({ id }) => id));
          const said = pairs.map(({ id, claim, passage }) => `${id}: ${verdict(claim, passage)}`).join("\n");
          yield { kind: "text", text: `<think>\nI compare.\n</think>\n${said}` };
          yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
          return;
        }
        const part = askedPart(request.messages);
        if (!part) {
          yield* research.source.complete(request, signal, onSilence);
          return;
        }
        parts.push(part);
        writerPrompts.push(request.messages.at(-1)?.content ?? "");
        const text = lineFor(part, lines);
        yield { kind: "text", text: `<think>\nI write.\n</think>\n<report>\n${text}\n</report>` };
        yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
      },
    },
  };
}

function lineFor(part: AskedOfWriter, { outline, sections = {}, closing }: WriterLines): string {
  if (part.kind === "outline") return outline;
  const line = part.kind === "closing" ? closing : Object.entries(sections).find(([title]) => part.title.includes(title))?.[1];
  if (line === undefined) throw new Error(`The writer was asked for ${JSON.stringify(part)}`);
  return line;
}
