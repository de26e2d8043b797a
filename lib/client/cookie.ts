/** A preference of this browser that the server should know when it renders. */
export function writeCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
}

/** The same until the browser is closed: a choice that costs something is made again another day. */
export function writeSessionCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: as above
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; samesite=lax`;
}
