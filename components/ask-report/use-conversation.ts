import { useCallback, useEffect, useState } from "react";
import { getReportMessages } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import type { ShownMessage } from "#lib/domain/report-message.ts";

/** The stored conversation about a report. `revision` grows when the server has told something new. */
export type Conversation =
  | { state: "loading" }
  | { state: "failed"; why: string }
  | { state: "ready"; messages: readonly ShownMessage[]; revision: number; pending: boolean };

/** A question that waits no longer than this may still get its answer: in another window, or in the moment after a stop. */
const answerWithinMs = 180_000;
const askAgainMs = 1_000;

/** Reads the conversation, and reads it again while its last question may still get an answer somewhere else. */
export function useConversation(reportId: string): { conversation: Conversation; reload: () => void } {
  const [conversation, setConversation] = useState<Conversation>({ state: "loading" });
  const [wished, setWished] = useState(0);
  const reload = useCallback(() => setWished((times) => times + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish reads it again
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const next = await getReportMessages(reportId).then(
        ({ items }) => ({ state: "ready" as const, messages: items, pending: isPending(items) }),
        (error: unknown) => ({ state: "failed" as const, why: sayRefusal(error) }),
      );
      if (left) return;
      setConversation((before) => {
        if (before.state !== "ready") return next.state === "ready" ? { ...next, revision: 1 } : next;
        // What is shown stays where the server cannot be asked, or has nothing new.
        if (next.state === "failed" || (next.messages.length === before.messages.length && next.pending === before.pending)) return before;
        return { ...next, revision: before.revision + 1 };
      });
      if (next.state === "ready" && next.pending) timer = setTimeout(() => void read(), askAgainMs);
    };
    void read();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [reportId, wished]);

  return { conversation, reload };
}

function isPending(messages: readonly ShownMessage[]): boolean {
  const last = messages.at(-1);
  return last?.role === "question" && Date.now() - Date.parse(last.createdAt) < answerWithinMs;
}
