"use client";

import { useKeyedSend } from "#components/run/use-keyed-send.ts";
import { Button } from "#components/ui/button.tsx";
import { askRun, getRun } from "#lib/client/api.ts";

/** Asks a message that reached nobody as a question of its own, in the same session and in the same way. */
export function AskNow({ runId, text }: { runId: string; text: string }) {
  const { press, sending, problem } = useKeyedSend(async (idempotencyKey) => {
    const { run } = await getRun(runId);
    const how = { whenFull: "answer" as const, heavy: run.heavy ?? undefined };
    await askRun(run.sessionId, { question: text, attachments: [], ...how, idempotencyKey });
  });
  return (
    <>
      <Button onClick={press} disabled={sending}>
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
