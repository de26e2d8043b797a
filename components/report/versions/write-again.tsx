"use client";

import { type FormEvent, useRef, useState, useTransition } from "react";
import { useReading, useReadingStore, useReport } from "#components/report/reading.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { writeAgain } from "#lib/client/api.ts";
import { newKey } from "#lib/client/new-key.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { announceSessionsChanged } from "#lib/client/sessions-changed.ts";
import { type Wishes, WishFields } from "./wish-fields.tsx";

const noWishes: Wishes = { length: "", language: "", instructions: "", model: "" };

/** What the next version is to be like. Whatever goes wrong, what was written stays. */
export function WriteAgain() {
  const { id, runId, version } = useReport();
  const store = useReadingStore();
  const isOpen = useReading((state) => state.menu === "write-again");
  const [wishes, setWishes] = useState(noWishes);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, send] = useTransition();
  const attempt = useRef({ asked: "", key: "" });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(async () => {
      setProblem(null);
      try {
        const asked = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value?.trim()));
        // Other wishes are another version: the key of the first would be refused with them.
        const words = JSON.stringify(asked);
        if (attempt.current.asked !== words) attempt.current = { asked: words, key: newKey() };
        const { run } = await writeAgain(runId, { ...asked, from: id, idempotencyKey: attempt.current.key });
        announceSessionsChanged();
        store.set({ menu: null, rewriting: run.id });
        setWishes(noWishes);
      } catch (error) {
        setProblem(sayRefusal(error));
      }
    });
  };

  return (
    <Dialog title="Write again" open={isOpen} onOpenChange={(open) => store.set({ menu: open ? "write-again" : null })}>
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-ink-2">
          A new version, written from the sources of version {version}. Nothing is searched again, and this version stays as it is.
        </p>
        <WishFields wishes={wishes} onChange={setWishes} />
        {problem && (
          <p role="alert" className="text-unsupported">
            Not sent. {problem}
          </p>
        )}
        <p className="flex justify-end">
          <Button type="submit" look="primary" disabled={sending}>
            {sending ? "Sending" : "Write again"}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
