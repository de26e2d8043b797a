import { createHash } from "node:crypto";
import type { Sql } from "postgres";
import { beginRequest, forgetRequest, keepAnswer } from "#db/queries/kept-answers.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { sha256 } from "#lib/std/sha256.ts";
import { wait } from "#lib/std/wait.ts";
import { limitedText } from "./limited-text.ts";
import { seal, unseal } from "./sealed.ts";

/** The header under which a request may be sent again. */
export const idempotencyHeader = "idempotency-key";
/**
 * The key of a request for what keeps one itself, a run or a message: the one in its body, else that in its header. So it is one also where the process
 * ended between making it and keeping the answer, and the request is begun anew.
 */
export const keyFor = (request: Request, body: { idempotencyKey?: string | undefined }): string | undefined =>
  body.idempotencyKey ?? request.headers.get(idempotencyHeader) ?? undefined;

const keyForm = /^[\x21-\x7e]{8,200}$/;
/** How long a second request waits for what the first is answered, and how often it looks. */
const patienceMs = 20_000;
const lookEveryMs = 100;

/**
 * Carries out a request that brings an `Idempotency-Key` at most once: whoever sends the same again within a day gets what the first was
 * answered, byte for byte; the same key with another request is refused. A request that was refused, or failed, gives its key free.
 */
export async function carryOutOnce(
  sql: Sql,
  viewer: Viewer,
  request: Request,
  carryOut: (request: Request) => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get(idempotencyHeader) ?? "";
  if (!keyForm.test(key)) throw unusable("must be 8 to 200 letters, digits or signs, without spaces; a random UUID does well");
  if (request.headers.get("content-type")?.startsWith("multipart/")) throw unusable("is for requests with a JSON body, not for uploads");
  const body = await limitedText(request);
  const keyHash = sha256(`idempotency ${key}`);
  const { pathname, search } = new URL(request.url);
  const requestHash = createHash("sha256").update(`${request.method} ${pathname}${search}\n${body}`).digest();
  for (const until = performance.now() + patienceMs; ; await wait(lookEveryMs)) {
    const begun = await beginRequest(sql, viewer, { keyHash, requestHash });
    if (begun.kind === "carry-out") break;
    if (begun.kind === "kept") return asResponse(unseal(begun.answer, key));
    if (begun.kind === "other")
      throw new AppError("conflict", "Idempotency-Key was used before for another request. Use a new key for a new request.");
    if (performance.now() > until)
      throw new AppError(
        "conflict",
        "The request that was sent first under this Idempotency-Key is still being carried out. Send it again in a while.",
        {
          retryAfter: 5,
        },
      );
  }
  return carryOutAndKeep(sql, viewer, { key, keyHash }, () => carryOut(withBody(request, body)));
}

async function carryOutAndKeep(
  sql: Sql,
  viewer: Viewer,
  { key, keyHash }: { key: string; keyHash: string },
  carryOut: () => Promise<Response>,
): Promise<Response> {
  try {
    const response = await carryOut();
    // A stream is no answer that could be given again; what changed nothing need not be.
    if (!response.ok || !isKept(response)) {
      await forgetRequest(sql, viewer, keyHash);
      return response;
    }
    const answer = { status: response.status, location: response.headers.get("location"), body: await response.text() };
    await keepAnswer(sql, viewer, keyHash, { status: response.status, answer: seal(JSON.stringify(answer), key) });
    return asResponse(JSON.stringify(answer));
  } catch (error) {
    if (error instanceof AppError) await forgetRequest(sql, viewer, keyHash);
    throw error; // of any other failure nobody knows what it has done: the key stays taken for a minute
  }
}

const isKept = ({ status, headers }: Response) => status === 204 || (headers.get("content-type") ?? "").startsWith("application/json");

function asResponse(kept: string): Response {
  const { status, location, body } = JSON.parse(kept) as { status: number; location: string | null; body: string };
  const headers = { ...(body && { "content-type": "application/json" }), ...(location && { location }) };
  return new Response(status === 204 ? null : body, { status, headers });
}

const withBody = (request: Request, body: string) =>
  new Request(request.url, { method: request.method, headers: request.headers, body: body || null, signal: request.signal });

const unusable = (why: string) => new AppError("bad-request", `Idempotency-Key ${why}.`, { field: "Idempotency-Key" });
