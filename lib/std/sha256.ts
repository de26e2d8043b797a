import { createHash } from "node:crypto";

/** The hash of a text, as lower-case hex. */
export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
