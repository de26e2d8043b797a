import { type NextRequest, NextResponse } from "next/server";

/** Sets the page policy with a fresh nonce, also on the request: Next reads it there and stamps its own scripts with it. */
export function proxy(request: NextRequest): NextResponse {
  const policy = policyWith(Buffer.from(crypto.randomUUID()).toString("base64"));
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

const policyWith = (nonce: string) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Not for the API, whose answers are no pages, nor for what is shared by link and what lets a browser in: those pages bring their own, stricter policy. */
export const config = { matcher: ["/((?!api/|shared/|launch/|sign-in$|_next/static|_next/image|icon.svg).*)"] };
