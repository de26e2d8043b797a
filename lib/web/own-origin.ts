/** The origin under which a request reached this server, as its sender named it; a proxy that ends TLS says so. */
export function ownOrigin(request: Request): string {
  const protocol = request.headers.get("x-forwarded-proto")?.split(",", 1)[0]?.trim() === "https" ? "https" : "http";
  const host = request.headers.get("host") ?? "";
  return URL.parse(`${protocol}://${host}`)?.origin ?? new URL(request.url).origin;
}
