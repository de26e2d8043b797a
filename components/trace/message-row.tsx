"use client";

import { CornerDownRight } from "lucide-react";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { AskNow } from "./ask-now.tsx";
import { deliveredWords, lostWords } from "./message-words.ts";

/** What the reader added to the question, where it was read first, or where it was lost. */
export function MessageRow({ run, messageId }: { run: RunStore; messageId: string }) {
  const message = useRunPart(run, (view) => view.messages.find((each) => each.messageId === messageId));
  const heavy = useRunPart(run, (view) => view.heavy);
  if (!message) return null;
  const lost = message.lost !== null && message.delivered.length === 0;
  return (
    <div className={lost ? rowOf("bg-sunken") : rowOf("bg-accent-soft")}>
      <CornerDownRight {...icon} />
      <p className="min-w-0 flex-[1_1_12rem] wrap-anywhere whitespace-pre-line">
        <span className="sr-only">You added: </span>
        {message.text}
      </p>
      <p className="text-xs text-ink-2">
        queued <Moment at={message.queuedAt} style="time" /> →{" "}
        {message.lost && lost ? lostWords[message.lost] : deliveredWords(message, { heavy })}
      </p>
      {lost && <AskNow runId={run.runId} text={message.text} />}
    </div>
  );
}

const rowOf = (tone: string) => `mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-control px-3 py-2 ${tone}`;
