/** Whether a request was made by a page of another site: also one from another port of this machine. Browsers tell, and no page can keep them from it. */
export function isForeign(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  return (
    (site !== null && site !== "same-origin" && site !== "none") || (origin !== null && hostOf(origin) !== request.headers.get("host"))
  );
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null; // "null": a sandboxed or local document
  }
}
