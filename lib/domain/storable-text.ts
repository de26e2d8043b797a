import { z } from "zod";

/** Text of a request that can be stored and sent back as it is: no NUL, no half of a character. */
export const storableTextSchema = z
  .string({ error: "is missing: send it as text" })
  .refine((text) => text.isWellFormed() && !text.includes("\0"), {
    error: "holds characters that cannot be stored (NUL, or half of a pair)",
  });
