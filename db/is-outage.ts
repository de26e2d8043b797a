/** A database that is down, restarting or out of reach: SQLSTATE classes 08, 53 and 57, and the driver's connection errors. */
export function isOutage(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(08|53|57)/.test(code) || /^(CONNECTION|CONNECT|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOST)/.test(code);
}
