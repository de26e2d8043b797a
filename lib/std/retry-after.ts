/** The longest wait that a server's word is taken for: beyond a minute somebody else is asked. */
const longestMs = 60_000;

/** What a `Retry-After` header asks for, in milliseconds from `now`: it holds seconds or a date. Null when it asks for nothing. */
export function retryAfterOf(header: string | null | undefined, now = Date.now()): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return milliseconds > 0 ? Math.min(milliseconds, longestMs) : null;
}
