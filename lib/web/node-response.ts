import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/** On `globalThis`, because Next bundles what starts the process apart from the routes. */
const held = globalThis as { dossierResponses?: AsyncLocalStorage<WeakRef<ServerResponse>> };

/** From here on `nodeResponse` knows the response of each request that this process answers. */
export function keepNodeResponses(): void {
  if (held.dossierResponses) return;
  const responses = new AsyncLocalStorage<WeakRef<ServerResponse>>();
  held.dossierResponses = responses;
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse }; // as Node documents this channel
    responses.enterWith(new WeakRef(response));
  });
}

/**
 * Node's own response behind the one that a route handler gives Next, or null where nobody keeps them. Writing to it spares each reader of a live
 * run a web stream's promises for every portion (see docs/decisions/037).
 */
export const nodeResponse = (): ServerResponse | null => held.dossierResponses?.getStore()?.deref() ?? null;
