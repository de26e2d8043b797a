/**
 * A database that is down, restarting, out of reach, out of connections or out of room: SQLSTATE classes 08, 53 and 57, and the driver's
 * connection errors.
 */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error);
  return /^(08|53|57)/.test(code) || /^(CONNECTION|CONNECT|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOST|ENETUNREACH|EAI_AGAIN)/.test(code);
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** What an outage is, as a sentence for a person; null for every other error. */
export function outageCause(error: unknown): string | null {
  if (!isOutage(error)) return null;
  switch (codeOf(error)) {
    case "53100":
      return "The database's disk is full.";
    case "53300":
      return "The database has no connection free.";
    case "57014":
      return "The database took too long.";
    default:
      return "The database does not answer.";
  }
}
