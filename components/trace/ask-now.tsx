"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { askRun, getRun } from "#lib/client/api.ts";
import { newKey } from "#lib/client/new-key.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { announceSessionsChanged } from "#lib/client/sessions-changed.ts";

/** Asks a message that reached nobody as a question of its own, in the same session and in the same way. */
export function AskNow({ runId, text }: { runId: string; text: string }) {
  const router = useRouter();
  const key = useRef<string | null>(null); // a second try, after an answer that was lost, is the same question
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, send] = useTransition();
  const ask = () =>
    send(async () => {
      setProblem(null);
      try {
        key.current ??= newKey();
        const { run } = await getRun(runId);
        const how = { whenFull: "answer" as const, heavy: run.heavy ?? undefined };
        await askRun(run.sessionId, { question: text, attachments: [], ...how, idempotencyKey: key.current });
        announceSessionsChanged();
        router.refresh();
      } catch (error) {
        setProblem(sayRefusal(error));
      }
    });
  return (
    <>
      <Button onClick={ask} disabled={sending}>
        {sending ? "Sending" : "Ask it now"}
      </Button>
      {problem && (
        <p role="alert" className="w-full text-unsupported">
          {problem}
        </p>
      )}
    </>
  );
}
