import { useState } from "react";
import { sendMessage } from "#lib/client/api.ts";
import { newKey } from "#lib/client/new-key.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";

/** A message on its way: without an id the server has not said yet that it has it. */
export interface SentMessage {
  key: string;
  text: string;
  to: string | null;
  messageId: string | null;
}

/** The message that is being written, and those that were sent and are not in the run's log yet. Whatever goes wrong, the text stays. */
export interface Messages {
  text: string;
  write: (text: string) => void;
  sent: readonly SentMessage[];
  problem: string | null;
  send: (to: string | null) => void;
}

export function useMessages(run: RunStore): Messages {
  const [text, write] = useState("");
  const [sent, setSent] = useState<readonly SentMessage[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  // What failed is sent again under its own key: should it have arrived after all, it is still one message.
  const [failed, setFailed] = useState<SentMessage | null>(null);

  const send = async (to: string | null) => {
    const wanted = text.trim();
    const isAgain = failed?.text === wanted && failed.to === to;
    const message = isAgain ? failed : { key: newKey(), text: wanted, to, messageId: null };
    write("");
    setProblem(null);
    setFailed(null);
    setSent((before) => [...before, message]);
    try {
      const { message: taken } = await sendMessage(run.runId, {
        text: wanted,
        ...(to !== null && { lane: to }),
        idempotencyKey: message.key,
      });
      setSent((before) => before.map((each) => (each === message ? { ...each, messageId: taken.id } : each)));
    } catch (error) {
      setSent((before) => before.filter((each) => each !== message));
      setFailed(message);
      write((newer) => (newer === "" ? wanted : `${wanted}\n${newer}`));
      setProblem(sayRefusal(error));
    }
  };
  return { text, write, sent, problem, send: (to) => void send(to) };
}
