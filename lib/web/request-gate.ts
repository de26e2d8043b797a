import { AppError } from "#lib/std/app-error.ts";

/**
 * How many requests of a process are answered at once. Each needs a connection to the database, of which there are eight; at the five
 * milliseconds that one takes, the last of so many waits a fifth of a second, and one that is turned away learns so at once.
 */
const mostAtOnce = 256;

const held = globalThis as { dossierRequests?: number };

/** Answers a request, or refuses it where too many are being answered. A stream counts until it has begun. On `globalThis`, because Next bundles every route apart. */
export async function throughGate<T>(answer: () => Promise<T>, most = mostAtOnce): Promise<T> {
  const open = held.dossierRequests ?? 0;
  if (open >= most) throw new AppError("unavailable", "Too many requests are being answered. Ask again in a second.", { retryAfter: 1 });
  held.dossierRequests = open + 1;
  try {
    return await answer();
  } finally {
    held.dossierRequests = (held.dossierRequests ?? 1) - 1;
  }
}
