import type { Answer } from "#lib/tools/providers/provider.ts";
import { type Desk, deskOf } from "./desk.ts";

export const good = (value: string): Answer<string> => ({ ok: true, value });
export const bad = (reason: Extract<Answer<string>, { ok: false }>["reason"], more: { retryAfterMs?: number } = {}): Answer<string> => ({
  ok: false,
  reason,
  detail: `because of ${reason}`,
  ...more,
});

/** A provider that answers with one after the other, the last one for good, and counts how often it was asked. */
export function answering(...answers: (Answer<string> | null)[]): Desk<string, string> & { asked: string[] } {
  const requests: string[] = [];
  const desk = deskOf("a", async (request: string) => {
    requests.push(request);
    return answers[Math.min(requests.length, answers.length) - 1] ?? null;
  });
  return { ...desk, asked: requests };
}
