import type { AskMessage } from "#lib/client/ask-message.ts";
import type { ShownMessage } from "#lib/domain/report-message.ts";

/** The stored conversation in the form that the chat keeps. */
export const toAskMessages = (messages: readonly ShownMessage[]): AskMessage[] =>
  messages.map((message) =>
    message.role === "question"
      ? { id: `stored-${message.id}`, role: "user", parts: [{ type: "text", text: message.text }] }
      : { id: `stored-${message.id}`, role: "assistant", parts: [{ type: "data-answer", id: "answer", data: message }] },
  );

export const questionIn = (message: AskMessage | undefined): string =>
  message?.role === "user" ? message.parts.map((part) => (part.type === "text" ? part.text : "")).join("") : "";
