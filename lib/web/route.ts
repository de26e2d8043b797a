import "server-only";
import type { z } from "zod";
import type { Viewer } from "#lib/domain/viewer.ts";
import { AppError } from "#lib/std/app-error.ts";
import { viewerOf } from "./guard.ts";
import { problem } from "./problem.ts";

type Parameters = Record<string, string>;
type Handler<P extends Parameters> = (call: { request: Request; viewer: Viewer; params: P }) => Promise<Response>;

/** Wraps a route handler: who asks is settled before anything is read, and whatever is thrown becomes a problem document. */
export function route<P extends Parameters = Parameters>(handler: Handler<P>) {
  return async (request: Request, context: { params: Promise<Parameters> }): Promise<Response> => {
    try {
      const viewer = viewerOf(request);
      const params = (await context.params) as P; // Next fills in exactly the names of the folder
      const response = await handler({ request, viewer, params });
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
      return response;
    } catch (error) {
      return problem(error);
    }
  };
}

const maxBodyBytes = 1_000_000;

/** The body of a request, parsed. A body that is no JSON, or does not fit, is refused with the field's name. An empty body counts as `{}`. */
export async function bodyOf<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  const text = await limitedText(request);
  let json: unknown;
  try {
    json = text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new AppError("bad-request", "The body is not valid JSON.");
  }
  return parsed(schema, json);
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

async function limitedText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length")) > maxBodyBytes) throw new AppError("too-large", "The body is larger than 1 MB.");
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > maxBodyBytes) throw new AppError("too-large", "The body is larger than 1 MB.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
