"use client";

import { count } from "#components/trace/count.ts";
import { Markdown } from "#components/trace/markdown.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { AskMessage } from "#lib/client/ask-message.ts";
import { formatDuration } from "#lib/client/format-duration.ts";

/** Marks name passages until the answer is whole: only then are they looked up, so none is shown before. */
const withoutMarks = (text: string) => text.replace(/\s*[[【][\d,\s]*(?:[\]】]|$)/g, "");

/** An answer while it is written: how much it is written from, the thought, and the text so far. */
export function LiveAnswer({ message, live }: { message: AskMessage; live: boolean }) {
  const textOf = (type: "text" | "reasoning") => message.parts.map((part) => (part.type === type ? part.text : "")).join("");
  const text = withoutMarks(textOf("text"));
  const thought = textOf("reasoning").trim();
  const reading = message.parts.find((part) => part.type === "data-reading")?.data;
  const silent = message.parts.find((part) => part.type === "data-silent")?.data;
  return (
    <div className="grid gap-2">
      <p className="flex items-center gap-2 text-xs/5 text-ink-3">
        {live && <span className="pulse text-accent" aria-hidden="true" />}
        <span role="status">
          {text ? "Writing" : thought ? "Thinking" : "Reading"}
          {reading && ` from ${count(reading.passages, "passage")} of ${count(reading.sources, "source")}`}
          {text && ". The citations are set when the answer is whole."}
        </span>
      </p>
      {silent && text === "" && thought === "" && (
        <p className="text-xs/5 text-weak">
          The model is serving other requests. {formatDuration(silent.ms)}
          {silent.waiting ? `, ${silent.waiting} waiting` : ""}. Nothing is lost.
        </p>
      )}
      {thought && (
        <Disclosure summary="Thought" className="-mx-1 rounded-control ring-1 ring-line">
          <div className="max-h-60 overflow-auto px-3 pb-2">
            <Markdown text={thought} live={live && text === ""} />
          </div>
        </Disclosure>
      )}
      {text && (
        <div className="answer" aria-busy={live}>
          <Markdown text={text} live={live} />
        </div>
      )}
      {!live && <p className="text-xs/5 text-weak">The connection was lost. What is stored of the answer is being fetched.</p>}
    </div>
  );
}
