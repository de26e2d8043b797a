"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { useReport } from "#components/report/reading.tsx";
import { researchFurther } from "#lib/client/api.ts";
import { newKey } from "#lib/client/new-key.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { announceSessionsChanged } from "#lib/client/sessions-changed.ts";

/** Starts a new run in the session: the question, with this report to go on from. */
export function ResearchFurther({ question, words }: { question: string; words: string }) {
  const { id, sessionId } = useReport();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, send] = useTransition();
  const attempt = useRef({ question: "", key: "" });
  const start = () =>
    send(async () => {
      setProblem(null);
      try {
        if (attempt.current.question !== question) attempt.current = { question, key: newKey() };
        await researchFurther(sessionId, { question, basis: id, idempotencyKey: attempt.current.key });
        announceSessionsChanged();
        router.push(`/sessions/${sessionId}`);
      } catch (error) {
        setProblem(sayRefusal(error));
      }
    });
  return (
    <>
      <button type="button" className="text-accent underline pointer-coarse:py-2" disabled={sending} onClick={start}>
        {sending ? "Starting" : words}
      </button>
      {problem && (
        <span role="alert" className="block text-unsupported">
          The research was not started. {problem}
        </span>
      )}
    </>
  );
}
