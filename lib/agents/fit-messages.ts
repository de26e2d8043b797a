import type { ChatMessage } from "#lib/domain/transcript.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";

/** Of a window, what is left to the completion: the dialects ask for at most a quarter. */
const promptShare = 0.7;
/** Without a known window each cut halves what is kept. */
const cutTo = 0.5;

/**
 * The prompt without its oldest turns, for a server that refused it for its length: system prompt, question and the last message stay, the
 * newest of what is between as far as it fits. Null when nothing more can be left out. Each cut leaves out more than the one before
 * (`leftOut` messages), so that a server that refuses again and again is not asked for ever.
 */
export function fitMessages(
  messages: readonly ChatMessage[],
  { window, leftOut }: { window: number | null; leftOut: number },
): { messages: ChatMessage[]; leftOut: number } | null {
  const head = messages.slice(0, 2);
  const last = messages.slice(-1);
  const between = messages.slice(2, -1);
  if (between.length - leftOut <= 0) return null;
  const fixed = tokensOf([...head, ...last]);
  const most = window === null ? (fixed + tokensOf(between.slice(leftOut))) * cutTo : window * promptShare;
  let cut = leftOut + 1;
  while (cut < between.length && fixed + tokensOf(between.slice(cut)) > most) cut++;
  // What is kept begins with what the model said, not with an answer to something that is gone.
  while (cut < between.length && between[cut]?.role !== "assistant") cut++;
  return { messages: [...head, ...between.slice(cut), ...last], leftOut: cut };
}

/** Whether a prompt leaves room for a completion in a window (null: unknown, then nothing says that it does). */
export const fits = (messages: readonly ChatMessage[], window: number | null): boolean =>
  window !== null && tokensOf(messages) <= window * promptShare;

const tokensOf = (messages: readonly ChatMessage[]) => messages.reduce((sum, message) => sum + roughTokens(message.content), 0);
