import "server-only";
import type { z } from "zod";
import { database } from "#db/database.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { carryOutOnce, idempotencyHeader } from "./carry-out-once.ts";
import { viewerOf } from "./guard.ts";
import { limitedText } from "./limited-text.ts";
import { problem } from "./problem.ts";
import { throughGate } from "./request-gate.ts";

type Parameters = Record<string, string>;
type Handler<P extends Parameters> = (call: { request: Request; viewer: Viewer; params: P }) => Promise<Response>;

/**
 * Wraps a route handler: who asks is settled before anything is read, a request under a key is carried out once, and whatever is thrown becomes
 * a problem document: 503 with a time to come back where the database is away.
 */
export function route<P extends Parameters = Parameters>(handler: Handler<P>) {
  return async (request: Request, context: { params: Promise<Parameters> }): Promise<Response> => {
    try {
      const viewer = viewerOf(request);
      const params = (await context.params) as P; // Next fills in exactly the names of the folder
      const carryOut = (request: Request) => handler({ request, viewer, params });
      const isKeyed = request.method !== "GET" && request.headers.has(idempotencyHeader);
      const response = await throughGate(() => (isKeyed ? carryOutOnce(database().sql, viewer, request, carryOut) : carryOut(request)));
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
      return response;
    } catch (error) {
      return problem(error);
    }
  };
}

/** The body of a request, parsed. A body that is no JSON, or does not fit, is refused with the field's name. An empty body counts as `{}`. */
export const bodyOf = async <S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> =>
  (await sentBodyOf(request, schema)).body;

/** The same, beside what was sent: without the defaults and the limits of this version. */
export async function sentBodyOf<S extends z.ZodType>(request: Request, schema: S): Promise<{ body: z.infer<S>; sent: unknown }> {
  const text = await limitedText(request);
  let sent: unknown;
  try {
    sent = text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new AppError("bad-request", "The body is not valid JSON.");
  }
  return { body: parsed(schema, sent), sent };
}

/** Query parameters, parsed like a body. */
export const queryOf = <S extends z.ZodType>(request: Request, schema: S): z.infer<S> =>
  parsed(schema, Object.fromEntries(new URL(request.url).searchParams));

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".") || "body";
  throw new AppError("unprocessable", `${field}: ${issue?.message ?? "is not valid"}`, { field });
}
