import { AppError } from "#lib/std/app-error.ts";

const mostBytes = 1_000_000;

/** The body of a request as text. One that is larger than 1 MB is refused, before it is read where it says so. */
export async function limitedText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length")) > mostBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of request.body ?? []) {
      size += part.byteLength;
      if (size > mostBytes) throw tooLarge();
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad-request", "The body broke off before its end.", { cause }); // a sender that leaves looks like a database that does
  }
  return Buffer.concat(parts).toString("utf8");
}

const tooLarge = () => new AppError("too-large", "The body is larger than 1 MB.");
