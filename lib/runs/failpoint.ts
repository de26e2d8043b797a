import { env } from "#lib/env.ts";

/** The places where a worker can be made to die. A lane that is not the main one has its own: `writer/model-text`. */
export type Failpoint =
  | "claimed"
  | "model-asked"
  | "model-text"
  | "model-ended"
  | "tool-returned"
  | "before-commit"
  | "committed"
  | "before-end"
  | "ended"
  | `${string}/model-${"asked" | "text" | "ended"}`;

let armed: { name: string; left: number } | null | undefined;

/**
 * Kills this process, as kill -9 does, when it passes here for the n-th time and FAILPOINT is `name:n`. Nothing but a comparison otherwise;
 * settings refuse FAILPOINT unless NODE_ENV is "test".
 */
export function failpoint(name: Failpoint): void {
  if (armed === undefined) armed = armedBy(env().FAILPOINT);
  if (armed?.name === name && --armed.left === 0) process.kill(process.pid, "SIGKILL");
}

/** Whether there is any: what would have to be wrapped for them is left alone otherwise. */
export const hasFailpoint = (): boolean => env().FAILPOINT !== undefined;

function armedBy(setting: string | undefined) {
  if (setting === undefined) return null;
  const colon = setting.lastIndexOf(":");
  return { name: setting.slice(0, colon), left: Number(setting.slice(colon + 1)) };
}
