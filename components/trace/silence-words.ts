import { formatDuration } from "#lib/client/format-duration.ts";
import type { SilenceView } from "#lib/domain/run-view.ts";

/** "The model is serving other runs. Nothing for 22 s; 3 requests wait there. Nothing is lost." */
export function silenceWords({ since, running, waiting, ours }: SilenceView, now: number): string {
  const silent = formatDuration(Math.max(0, Math.floor((now - Date.parse(since)) / 1000) * 1000));
  if (ours) return `Waiting for a place at the model server, ${silent}. Nothing is lost.`;
  if (running === null || waiting === null) return `Nothing from the model for ${silent}. It is waited for; nothing is lost.`;
  const others = Math.max(0, running + waiting - 1);
  if (others === 0) return `Nothing from the model for ${silent}, though it serves nobody else. It is waited for; nothing is lost.`;
  const queue = waiting > 0 ? `, ${waiting === 1 ? "1 request waits" : `${waiting} requests wait`} there` : "";
  return `The model is serving other requests. Nothing for ${silent}${queue}. Nothing is lost.`;
}
