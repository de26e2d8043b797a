import { Button } from "#components/ui/button.tsx";
import type { QuestionDraft } from "./use-question.ts";

const nearLimit = 0.1;

/** Sends the question; before it the characters that are left where they are few, and the keys that send. */
export function SendButton({ draft, longest, words }: { draft: QuestionDraft; longest: number; words: string }) {
  const { left, ready, sending, uploads } = draft;
  return (
    <>
      {left >= 0 && left < longest * nearLimit && (
        <span className="text-xs text-ink-3 tabular-nums">{left.toLocaleString("en-GB")} characters left</span>
      )}
      <span className="text-ink-3 max-md:hidden" aria-hidden="true">
        <Key>Ctrl</Key> <Key>Enter</Key>
      </span>
      <Button type="submit" look="primary" disabled={!ready}>
        {sending ? "Sending" : uploads.sending ? "Uploading" : words}
      </Button>
    </>
  );
}

const Key = ({ children }: { children: string }) => <kbd className="rounded-mark px-1 text-2xs inset-ring inset-ring-line">{children}</kbd>;
