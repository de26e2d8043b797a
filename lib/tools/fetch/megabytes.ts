/** A byte count as people read it: "12 MB", "0.5 MB". */
export const megabytes = (bytes: number) => `${Number((bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0))} MB`;
