import { AppError, type AppErrorCode } from "#lib/std/app-error.ts";

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

/** An RFC 9457 problem document for anything a route threw. What is not a refusal of ours is logged and told without detail: errors are generic outside. */
export function problem(error: unknown): Response {
  if (!(error instanceof AppError)) console.error("[web]", error);
  const refusal = error instanceof AppError ? error : null;
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
