"use client";

import { useRouter } from "next/navigation";
import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useRef, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { askRun, createSession } from "#lib/client/api.ts";
import { newKey } from "#lib/client/new-key.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { announceSessionsChanged } from "#lib/client/sessions-changed.ts";
import type { WhenFull } from "#lib/domain/run.ts";
import { AttachButton } from "./attach-button.tsx";
import { questionTitle } from "./question-title.ts";
import { UploadList } from "./upload-list.tsx";
import { useFileDrop } from "./use-file-drop.ts";
import { useUploads } from "./use-uploads.ts";
import { WhenFullChoice } from "./when-full-choice.tsx";

export interface ComposerProps {
  /** The session that the question goes to; without one a new session is made. */
  sessionId?: string;
  connected: boolean;
  longest: number;
}

const nearLimit = 0.9;

/** Where a question is written and files are attached to it. Whatever goes wrong, both stay. */
export function Composer({ sessionId, connected, longest }: ComposerProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  const [whenFull, setWhenFull] = useState<WhenFull>("answer");
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, send] = useTransition();
  const uploads = useUploads();
  // A second try has to reach the session and the run of the first, should that have arrived after all.
  const attempt = useRef({ sessionId: sessionId ?? null, question: "", key: "" });
  const question = text.trim();
  const tooLong = question.length > longest;
  const ready = question !== "" && !tooLong && !sending && !uploads.sending;

  const attach = (files: readonly File[]) => {
    if (connected) uploads.add(files);
    else setProblem("Only a language model can read files, and none is connected.");
  };
  const held = useFileDrop(({ files, folders }) => {
    for (const name of folders) uploads.refuse(name, "A folder cannot be attached. Attach the files in it.");
    if (files.length > 0) attach(files);
  });

  const ask = () =>
    send(async () => {
      setProblem(null);
      try {
        const at = attempt.current;
        const attachments = uploads.attached.map((file) => file.id);
        // Another choice is another question: the key of the first would be refused with it.
        const asked = `${whenFull}:${attachments}:${question}`;
        if (at.question !== asked) Object.assign(at, { question: asked, key: newKey() });
        at.sessionId ??= (await createSession(questionTitle(question))).session.id;
        await askRun(at.sessionId, { question, attachments, whenFull, idempotencyKey: at.key });
        announceSessionsChanged();
        if (sessionId) router.refresh();
        else router.push(`/sessions/${at.sessionId}`);
      } catch (error) {
        setProblem(sayRefusal(error));
      }
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) ask();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    if (files.length === 0 || types.includes("text/plain")) return; // cells of a table come as text, and as a picture of it
    event.preventDefault();
    attach([...files]);
  };

  return (
    <form
      onSubmit={submit}
      className={cx(
        "relative rounded-panel border border-line-strong bg-surface focus-within:border-accent focus-within:ring-1 focus-within:ring-accent",
        sessionId && "flex flex-wrap items-end",
      )}
    >
      <label className={cx(sessionId ? "min-w-0 flex-1" : "block")}>
        <span className="sr-only">{sessionId ? "Follow-up question" : "Question"}</span>
        <textarea
          // biome-ignore lint/a11y/noAutofocus: asking is the one purpose of the page
          autoFocus={!sessionId}
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          placeholder={sessionId ? "Ask a follow-up question" : undefined}
          aria-invalid={tooLong || undefined}
          aria-describedby="composer-note"
          className={cx(
            "block field-sizing-content w-full resize-none bg-transparent font-serif outline-none",
            sessionId ? "max-h-40 px-3.5 py-3 text-lg" : "max-h-[50dvh] min-h-26 px-4.5 pt-4 pb-2 text-read",
          )}
        />
      </label>
      {!sessionId && <UploadList uploads={uploads} />}
      <div className={cx("flex flex-wrap items-center justify-end gap-2 p-2", !sessionId && "border-t border-line")}>
        {connected && <AttachButton small={sessionId !== undefined} onFiles={attach} />}
        {connected && !sessionId && <WhenFullChoice chosen={whenFull} onChoose={setWhenFull} />}
        {!tooLong && question.length > longest * nearLimit && (
          <span className="text-xs text-ink-3 tabular-nums">{(longest - question.length).toLocaleString("en-GB")} characters left</span>
        )}
        <span className="text-ink-3 max-md:hidden" aria-hidden="true">
          <Key>Ctrl</Key> <Key>Enter</Key>
        </span>
        <Button type="submit" look="primary" disabled={!ready}>
          {sending ? "Sending" : uploads.sending ? "Uploading" : sessionId ? "Ask" : connected ? "Start research" : "Search and quote"}
        </Button>
      </div>
      {sessionId && <UploadList uploads={uploads} />}
      <p id="composer-note" role="alert" className="w-full px-3.5 pb-2.5 text-unsupported empty:sr-only">
        {problem && `${problem} The question is kept.`}
        {!problem &&
          tooLong &&
          `The question has ${question.length.toLocaleString("en-GB")} characters; ${longest.toLocaleString("en-GB")} is the limit.`}
      </p>
      {held && <DropHint />}
    </form>
  );
}

const DropHint = () => (
  <p className="pointer-events-none absolute inset-0 grid place-items-center rounded-panel bg-accent-soft text-lg font-medium text-accent">
    Drop to attach
  </p>
);

const Key = ({ children }: { children: string }) => <kbd className="rounded-mark px-1 text-2xs inset-ring inset-ring-line">{children}</kbd>;
