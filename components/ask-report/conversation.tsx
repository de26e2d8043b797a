"use client";

import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";
import { useState } from "react";
import { useReadingStore, useReport } from "#components/report/reading.tsx";
import type { AskMessage } from "#lib/client/ask-message.ts";
import type { ShownMessage } from "#lib/domain/report-message.ts";
import { AskField } from "./ask-field.tsx";
import { MessageList } from "./message-list.tsx";
import { refusalWords } from "./refusal-words.ts";
import { questionIn, toAskMessages } from "./to-ask-messages.ts";

/** Text is shown ten times a second, as everywhere. */
const throttleMs = 100;

interface ConversationProps {
  stored: readonly ShownMessage[];
  /** The last question is being answered elsewhere. */
  pending: boolean;
  /** An answer broke off: what was stored of it has to be read. */
  onLost: () => void;
}

/** The chat over a report. Whatever goes wrong, the question is kept: stored, or back in its field. */
export function Conversation({ stored, pending, onLost }: ConversationProps) {
  const { id } = useReport();
  const store = useReadingStore();
  const [problem, setProblem] = useState<string | null>(null);
  const [transport] = useState(
    () =>
      new DefaultChatTransport<AskMessage>({
        api: `/api/reports/${id}/messages`,
        prepareSendMessagesRequest: ({ messages, body }) => ({ body: { ...body, question: questionIn(messages.at(-1)) } }),
      }),
  );
  const chat = useChat<AskMessage>({ id, messages: toAskMessages(stored), transport, throttle: throttleMs, onError: failed });
  const busy = chat.status === "submitted" || chat.status === "streaming";

  /** Refused before anything was stored, the question goes back into its field; later it is stored, and so is what came of the answer. */
  function failed(error: Error) {
    setProblem(refusalWords(error));
    chat.setMessages((messages) => {
      const last = messages.at(-1);
      if (last?.role === "user") {
        store.set({ draft: questionIn(last) });
        return messages.slice(0, -1);
      }
      onLost();
      return messages;
    });
  }
  const ask = (question: string, quote = false) => {
    setProblem(null);
    store.set({ draft: "" });
    void chat.sendMessage({ text: question }, { body: { quote } });
  };
  const stop = async () => {
    await chat.stop();
    onLost();
  };

  return (
    <div className="grid min-h-full content-start gap-4 pt-3">
      <MessageList messages={chat.messages} status={chat.status} pending={pending} onAskAgain={ask} />
      <AskField busy={busy} blocked={pending} problem={problem} onAsk={ask} onStop={() => void stop()} />
    </div>
  );
}
