import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { askRun, createSession, type NewQuestion } from "#lib/client/api.ts";
import { newKey } from "#lib/client/new-key.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { announceSessionsChanged } from "#lib/client/sessions-changed.ts";
import { questionTitle } from "./question-title.ts";
import { useFileDrop } from "./use-file-drop.ts";
import { type Uploads, useUploads } from "./use-uploads.ts";

/** A question that is being written, with its files. */
export interface QuestionDraft {
  text: string;
  write(text: string): void;
  uploads: Uploads;
  attach(files: readonly File[]): void;
  /** Files are held over the page. */
  held: boolean;
  /** Characters it may still have. */
  left: number;
  ready: boolean;
  sending: boolean;
  /** Why it could not be sent, in words. */
  problem: string | null;
  ask(how: Pick<NewQuestion, "whenFull" | "heavy">): void;
}

interface Place {
  /** The session that the question goes to; without one a new session is made. */
  sessionId: string | undefined;
  connected: boolean;
  longest: number;
}

/** Whatever goes wrong, the text and the files stay. */
export function useQuestion({ sessionId, connected, longest }: Place): QuestionDraft {
  const router = useRouter();
  const [text, write] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, send] = useTransition();
  const uploads = useUploads();
  // A second try has to reach the session and the run of the first, should that have arrived after all.
  const attempt = useRef({ sessionId: sessionId ?? null, asked: "", key: "" });
  const question = text.trim();
  const left = longest - question.length;

  const attach = (files: readonly File[]) => {
    if (connected) uploads.add(files);
    else setProblem("Only a language model can read files, and none is connected.");
  };
  const held = useFileDrop(({ files, folders }) => {
    for (const name of folders) uploads.refuse(name, "A folder cannot be attached. Attach the files in it.");
    if (files.length > 0) attach(files);
  });

  const ask: QuestionDraft["ask"] = (how) =>
    send(async () => {
      setProblem(null);
      try {
        const at = attempt.current;
        const attachments = uploads.attached.map((file) => file.id);
        // Another choice is another question: the key of the first would be refused with it.
        const asked = JSON.stringify([how, attachments, question]);
        if (at.asked !== asked) Object.assign(at, { asked, key: newKey() });
        at.sessionId ??= (await createSession(questionTitle(question))).session.id;
        await askRun(at.sessionId, { ...how, question, attachments, idempotencyKey: at.key });
        announceSessionsChanged();
        if (sessionId) router.refresh();
        else router.push(`/sessions/${at.sessionId}`);
      } catch (error) {
        setProblem(sayRefusal(error));
      }
    });

  const ready = question !== "" && left >= 0 && !sending && !uploads.sending;
  return { text, write, uploads, attach, held, left, ready, sending, problem, ask };
}
