import { ArrowUp } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { laneNumberWords } from "#components/trace/lane-number-words.ts";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { maxMessageLength } from "#lib/domain/reader-message.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import type { Messages } from "./use-messages.ts";

const isField = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
const isElsewhere = () => document.querySelector("[role=dialog], [role=menu]") !== null;

/** Where the reader adds to the question. `m` brings the focus here; Enter sends, Shift + Enter begins a line. */
export function MessageField({ messages, view, stopping }: { messages: Messages; view: RunView; stopping: boolean }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [to, setTo] = useState("");
  const { text, problem } = messages;
  const over = text.trim().length - maxMessageLength;
  const ready = text.trim() !== "" && over <= 0 && !stopping;
  const lanes = view.lanes.filter((lane) => lane.number !== null && lane.state !== "ended");
  const lane = lanes.some(({ name }) => name === to) ? to : "";

  useEffect(() => {
    const onKey = (event: KeyboardEvent | globalThis.KeyboardEvent) => {
      if (event.key !== "m" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isField(event.target) || isElsewhere()) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready) messages.send(lane === "" ? null : lane);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-x-2 border-b border-line py-1.5 pr-2 pl-1">
      <label className="min-w-0 flex-1">
        <span className="sr-only">Message to the run</span>
        <textarea
          ref={field}
          rows={1}
          value={text}
          onChange={(event) => messages.write(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder="Add to the question"
          aria-keyshortcuts="m"
          aria-invalid={over > 0 || undefined}
          aria-describedby="message-note"
          className="block field-sizing-content max-h-24 w-full resize-none bg-transparent px-2 py-1.5 text-lg outline-none max-sm:max-h-16"
        />
      </label>
      {lanes.length > 0 && (
        <label>
          <span className="sr-only">Who reads it</span>
          <select
            value={lane}
            onChange={(event) => setTo(event.target.value)}
            className="min-h-8 rounded-control bg-surface px-2 inset-ring inset-ring-line pointer-coarse:min-h-11 max-sm:min-h-11"
          >
            <option value="">All lanes</option>
            {lanes.map(({ name }) => (
              <option key={name} value={name}>
                {laneNumberWords(name).replace(/^l/, "L")}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button type="submit" look="primary" icon aria-label="Send" disabled={!ready}>
        <ArrowUp {...icon} />
      </Button>
      <p id="message-note" className="w-full px-2 text-xs/4.5 text-ink-3 empty:hidden">
        {over > 0 ? `${over.toLocaleString("en-GB")} characters too long.` : view.model?.dialect === "quoting" && onlyWords}
      </p>
      {problem && (
        <p role="alert" className="w-full px-2 text-unsupported">
          The message was not sent. {problem}
        </p>
      )}
    </form>
  );
}

const onlyWords = "No language model is connected: a message only adds words to search for.";
