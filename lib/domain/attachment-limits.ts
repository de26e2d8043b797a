/** Bytes of one uploaded file: a scanned book fits, and a worker that reads it stays within its memory. */
export const maxAttachmentBytes = 20_000_000;
/** Files that come with one question, and as many as a run is told of. */
export const maxAttachments = 20;
/** Bytes of all files that come with one question. */
export const maxAttachmentsBytes = 60_000_000;
