import { env } from "#lib/env.ts";
import { isConnected } from "./choose.ts";
import { type FoundServer, probeLocalServers } from "./probe.ts";

export interface ModelState {
  connected: boolean;
  name: string | null;
  /** Servers that answer on this machine, when none is set. They were asked for their list of models and nothing else. */
  found: FoundServer[];
}

/** What the screen says about the model: which one is set, or that none is and what could be connected. */
export async function modelState(): Promise<ModelState> {
  const settings = env();
  if (isConnected(settings)) return { connected: true, name: settings.MODEL_NAME ?? null, found: [] };
  return { connected: false, name: null, found: await probeLocalServers() };
}
