import { outageCause } from "#db/is-outage.ts";
import { AppError, type AppErrorCode } from "#lib/std/app-error.ts";
import { outageWait } from "./outage-wait.ts";

const kinds: Record<AppErrorCode, { status: number; title: string }> = {
  "bad-request": { status: 400, title: "The request cannot be read" },
  unauthorized: { status: 401, title: "Not let in" },
  forbidden: { status: 403, title: "This is not allowed from here" },
  "not-found": { status: 404, title: "Not found" },
  conflict: { status: 409, title: "This contradicts what is stored" },
  "too-large": { status: 413, title: "The request is too large" },
  unprocessable: { status: 422, title: "A field has a value that cannot be used" },
  "too-many": { status: 429, title: "Too much is asked at the moment" },
  unavailable: { status: 503, title: "Not available at the moment" },
};

/** What an outage of the database is for who asks; null for every other error. */
function outage(error: unknown): AppError | null {
  const cause = outageCause(error);
  if (!cause) return null;
  console.error(`[web] ${cause} ${error instanceof Error ? error.message : ""}`); // once for each request: without its stack
  return new AppError("unavailable", `${cause} Runs wait and nothing that was written is lost. Ask again in a few seconds.`, {
    retryAfter: outageWait,
    cause: error,
  });
}

/** An RFC 9457 problem document for anything a route threw. What is not a refusal of ours is logged and told without detail: errors are generic outside. */
export function problem(error: unknown): Response {
  const refusal = error instanceof AppError ? error : outage(error);
  if (!refusal) console.error("[web]", error);
  const { status, title } = refusal ? kinds[refusal.code] : { status: 500, title: "Dossier made a mistake" };
  const detail = refusal?.message ?? "The request could not be carried out. The server's log tells why.";
  const body = {
    type: `urn:dossier:problem:${refusal?.code ?? "internal"}`,
    title,
    status,
    detail,
    ...(refusal?.field && { field: refusal.field }),
  };
  const headers = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(refusal?.retryAfter !== undefined && { "retry-after": String(refusal.retryAfter) }),
  };
  return Response.json(body, { status, headers });
}
