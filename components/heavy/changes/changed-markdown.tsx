"use client";

import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import { markdownOptions } from "#components/trace/markdown.tsx";
import { changeKind } from "./change-kind.ts";
import { remarkChanges } from "./remark-changes.ts";

/** A report in its evolution: what the last round added is underlined, what it removed is struck. */
export const ChangedMarkdown = memo(function ChangedMarkdown({ before, after }: { before: string | null; after: string }) {
  const kind = changeKind(before, after);
  return (
    <>
      {kind === "rewritten" && <p className="mb-2 text-xs text-ink-3">Written anew in this round: single changes are not marked.</p>}
      <div className="lane-report">
        <ReactMarkdown {...(kind === "changed" ? optionsFor(before ?? "") : markdownOptions)}>{after}</ReactMarkdown>
      </div>
    </>
  );
});

const optionsFor = (before: string): Options => ({
  ...markdownOptions,
  remarkPlugins: [remarkGfm, [remarkChanges, { before }]],
  allowedElements: [...(markdownOptions.allowedElements ?? []), "ins"],
  components: { ...markdownOptions.components, ins: Added, del: Removed },
});

/** Readers of screens pass over the elements in silence; what is selected and copied has no such words in it. */
function Added({ children }: { children?: ReactNode }) {
  return (
    <ins>
      <span className="sr-only select-none">added: </span>
      {children}
    </ins>
  );
}
function Removed({ children }: { children?: ReactNode }) {
  return (
    <del>
      <span className="sr-only select-none">removed: </span>
      {children}
    </del>
  );
}
