"use client";

import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { useReading, useReadingStore } from "#components/report/reading.tsx";
import { Button } from "#components/ui/button.tsx";
import { icon, smallIcon } from "#components/ui/icon.ts";
import { maxReportQuestion } from "#lib/domain/report-message.ts";
import { ResearchFurther } from "./research-further.tsx";

interface AskFieldProps {
  busy: boolean;
  /** Another question is being answered elsewhere. */
  blocked: boolean;
  problem: string | null;
  onAsk: (question: string) => void;
  onStop: () => void;
}

/** Where a question about the report is written. Enter asks, Shift + Enter begins a line. */
export function AskField({ busy, blocked, problem, onAsk, onStop }: AskFieldProps) {
  const store = useReadingStore();
  const draft = useReading((state) => state.draft);
  const wantsToAsk = useReading((state) => state.wantsToAsk);
  const field = useRef<HTMLTextAreaElement>(null);
  const question = draft.trim();
  const ready = question !== "" && question.length <= maxReportQuestion && !busy && !blocked;
  useEffect(() => {
    if (!wantsToAsk) return;
    field.current?.focus({ preventScroll: true });
    store.set({ wantsToAsk: false });
  }, [wantsToAsk, store]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready) onAsk(question);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <div className="sticky bottom-0 -mx-4 grid gap-2 bg-inherit px-4 pt-2 pb-4">
      {problem && (
        <p role="alert" className="rounded-control bg-weak-soft px-3 py-2">
          {problem} The question is kept.
        </p>
      )}
      <form
        onSubmit={submit}
        className="flex items-end rounded-panel border border-line-strong bg-surface focus-within:border-accent focus-within:ring-1 focus-within:ring-accent"
      >
        <label className="min-w-0 flex-1">
          <span className="sr-only">Ask this report</span>
          <textarea
            ref={field}
            rows={1}
            value={draft}
            onChange={(event) => store.set({ draft: event.target.value })}
            onKeyDown={onKeyDown}
            placeholder="Ask this report"
            aria-describedby="ask-note"
            className="block field-sizing-content max-h-40 w-full resize-none bg-transparent px-3 py-2 font-serif text-lg outline-none"
          />
        </label>
        <span className="p-1">
          {busy ? (
            <Button look="danger" icon aria-label="Stop the answer" onClick={onStop}>
              <Square {...smallIcon} />
            </Button>
          ) : (
            <Button type="submit" look="primary" icon aria-label="Ask" disabled={!ready}>
              <ArrowUp {...icon} />
            </Button>
          )}
        </span>
      </form>
      <p id="ask-note" className="text-xs/4.5 text-ink-3">
        {question.length > maxReportQuestion
          ? `${(question.length - maxReportQuestion).toLocaleString("en-GB")} characters too long.`
          : "Answers come from the evidence stored with this report. No new research is done."}{" "}
        {question !== "" && !busy && <ResearchFurther question={question} words="Research this instead" />}
      </p>
    </div>
  );
}
