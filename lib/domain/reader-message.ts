import { z } from "zod";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import { storableTextSchema } from "./storable-text.ts";

/** Characters of a message. Longer material belongs into a file of a new question. */
export const maxMessageLength = 4_000;
/** More than these are no additions to a question: each stands in every further prompt. */
export const mostMessages = 50;

/** What `POST /api/runs/:id/messages` takes. */
export const newMessageSchema = z.object({
  text: storableTextSchema
    .trim()
    .min(1, "must not be empty")
    .max(maxMessageLength, `must have at most ${maxMessageLength.toLocaleString("en")} characters`),
  /** The lane of a Heavy run that it is for; without one it is for all that still work. */
  lane: z.string({ error: "must be the name of a lane" }).optional(),
  idempotencyKey: storableTextSchema.min(1).max(200).optional(),
});
export type NewMessage = z.infer<typeof newMessageSchema>;

/** What the reader added to the question. */
export interface ReaderMessage {
  messageId: string;
  text: string;
}

const head = "The person who asked the question adds to it while the work goes on:";

/** Messages as a prompt holds them. The tag is one that no page can write: it is taken out of everything that tools bring. */
export const messagesText = (texts: readonly string[]): string =>
  [head, ...texts.map((text) => `<reader_message>\n${withoutControlTags(text)}\n</reader_message>`)].join("\n");

/** A question with what was added to it since. */
export const withMessages = (asked: string, messages: readonly ReaderMessage[]): string =>
  messages.length === 0 ? asked : `${asked}\n\n${messagesText(messages.map(({ text }) => text))}`;

/** The messages that a part of a prompt holds, for whoever reads it without a language model. */
export const messagesIn = (prompt: string): string[] =>
  [...prompt.matchAll(/<reader_message>\n([\s\S]*?)\n<\/reader_message>/g)].map(([, text = ""]) => text);

/** A question as a prompt holds it, for whoever takes words as they stand: with what was added, and that alone. */
export function questionIn(prompt: string): { question: string; messages: string[] } {
  const messages = messagesIn(prompt);
  const asked = prompt.split(`\n\n${head}\n<reader_message>`, 1)[0] ?? prompt;
  return { question: [asked.trim(), ...messages].join("\n"), messages };
}
