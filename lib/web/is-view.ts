const machines = /bot\b|crawl|spider|slurp|preview|facebookexternalhit|embedly|whatsapp|telegram|slack|discord|curl|wget|python/i;

/** Whether somebody is about to read a page: no look-ahead of a browser, no machine that follows links, no question for the headers alone. */
export function isView(request: Request): boolean {
  const { method, headers } = request;
  const purpose = `${headers.get("sec-purpose") ?? ""} ${headers.get("purpose") ?? ""} ${headers.get("x-moz") ?? ""}`;
  const isLookAhead = /prefetch|prerender|preview/i.test(purpose);
  const destination = headers.get("sec-fetch-dest") ?? "document";
  return method === "GET" && !isLookAhead && destination === "document" && !machines.test(headers.get("user-agent") ?? "");
}
