"use client";

import type { ChatStatus } from "ai";
import { Fragment } from "react";
import type { AskMessage } from "#lib/client/ask-message.ts";
import { AnswerText } from "./answer-text.tsx";
import { LiveAnswer } from "./live-answer.tsx";
import { questionIn } from "./to-ask-messages.ts";

interface MessageListProps {
  messages: AskMessage[];
  status: ChatStatus;
  pending: boolean;
  onAskAgain: (question: string, quote?: boolean) => void;
}

/** Questions and answers in their order. */
export function MessageList({ messages, status, pending, onAskAgain }: MessageListProps) {
  const busy = status === "submitted" || status === "streaming";
  if (messages.length === 0)
    return (
      <p className="py-6 text-center text-balance text-ink-2">Ask what the sources say. Each sentence of an answer leads to its passage.</p>
    );
  return (
    <ol aria-label="Questions and answers" className="grid gap-4">
      {messages.map((message, place) => (
        <Fragment key={message.id}>
          {message.role === "user" ? (
            <>
              <li className="rounded-panel bg-sunken px-3 py-2 font-serif text-[0.9375rem]/5.75 whitespace-pre-line [overflow-wrap:anywhere]">
                <span className="sr-only">Question: </span>
                {questionIn(message)}
              </li>
              {messages[place + 1]?.role !== "assistant" && (
                <Missing
                  state={place < messages.length - 1 ? "lost" : busy ? "asked" : pending ? "elsewhere" : "lost"}
                  onAskAgain={() => onAskAgain(questionIn(message))}
                />
              )}
            </>
          ) : (
            <Answer
              message={message}
              question={questionIn(messages[place - 1])}
              isLast={place === messages.length - 1}
              live={busy && place === messages.length - 1}
              onAskAgain={onAskAgain}
            />
          )}
        </Fragment>
      ))}
    </ol>
  );
}

interface AnswerProps extends Pick<MessageListProps, "onAskAgain"> {
  message: AskMessage;
  question: string;
  isLast: boolean;
  live: boolean;
}

function Answer({ message, question, isLast, live, onAskAgain }: AnswerProps) {
  const stored = message.parts.find((part) => part.type === "data-answer")?.data;
  return (
    <li>
      {stored ? (
        <AnswerText answer={stored} question={question} isLast={isLast} onAskAgain={onAskAgain} />
      ) : (
        <LiveAnswer message={message} live={live} />
      )}
    </li>
  );
}

function Missing({ state, onAskAgain }: { state: "asked" | "elsewhere" | "lost"; onAskAgain: () => void }) {
  if (state === "asked")
    return (
      <li className="flex items-center gap-2 text-ink-2">
        <span className="pulse text-accent" aria-hidden="true" />
        <span role="status">Looking through the stored sources</span>
      </li>
    );
  if (state === "elsewhere")
    return (
      <li className="flex items-center gap-2 text-ink-2">
        <span className="pulse text-accent" aria-hidden="true" />
        <span role="status">An answer is being written, or stored. It appears here.</span>
      </li>
    );
  return (
    <li className="text-ink-2">
      No answer was stored: the server stopped before it came to its end.{" "}
      <button type="button" className="text-accent underline" onClick={onAskAgain}>
        Ask again
      </button>
    </li>
  );
}
