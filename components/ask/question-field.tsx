import type { ClipboardEvent, KeyboardEvent } from "react";
import { cx } from "#components/ui/cx.ts";
import type { QuestionDraft } from "./use-question.ts";

/** Where a question is typed. Ctrl + Enter sends it; files that are pasted are attached. */
export function QuestionField({ draft, followUp }: { draft: QuestionDraft; followUp: boolean }) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    if (files.length === 0 || types.includes("text/plain")) return; // cells of a table come as text, and as a picture of it
    event.preventDefault();
    draft.attach([...files]);
  };
  return (
    <label className={cx(followUp ? "min-w-0 flex-1" : "block")}>
      <span className="sr-only">{followUp ? "Follow-up question" : "Question"}</span>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: asking is the one purpose of the page
        autoFocus={!followUp}
        rows={1}
        value={draft.text}
        onChange={(event) => draft.write(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        placeholder={followUp ? "Ask a follow-up question" : undefined}
        aria-invalid={draft.left < 0 || undefined}
        aria-describedby="composer-note"
        className={cx(
          "block field-sizing-content w-full resize-none bg-transparent font-serif outline-none",
          followUp ? "max-h-40 px-3.5 py-3 text-lg" : "max-h-[50dvh] min-h-26 px-4.5 pt-4 pb-2 text-read",
        )}
      />
    </label>
  );
}
