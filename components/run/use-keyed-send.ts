"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { newKey } from "#lib/client/new-key.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { announceSessionsChanged } from "#lib/client/sessions-changed.ts";

/**
 * Sends something that starts a run, under a key: a second try, after an answer that was lost, is the same one. `isRepeatable`: once it has
 * worked, the next press is another.
 */
export function useKeyedSend(send: (key: string) => Promise<unknown>, { isRepeatable = false }: { isRepeatable?: boolean } = {}) {
  const router = useRouter();
  const key = useRef<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, start] = useTransition();
  const press = () =>
    start(async () => {
      setProblem(null);
      try {
        key.current ??= newKey();
        await send(key.current);
        if (isRepeatable) key.current = null;
        announceSessionsChanged();
        router.refresh();
      } catch (error) {
        setProblem(sayRefusal(error));
      }
    });
  return { press, sending, problem };
}
