/**
 * The form of the logs that this version writes. Raised when a log could no longer be gone on with by the version before; a new type of
 * event does not need that, since unknown types are skipped.
 */
export const logFormat = 1;
