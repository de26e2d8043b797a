import { z } from "zod";

/** An uploaded file as the log and the prompt refer to it. Its bytes lie in the `attachments` table. */
export const attachmentRefSchema = z.object({
  id: z.string(),
  /** As it was called where it came from, without folders. */
  name: z.string(),
  /** What its bytes are, in words: `PDF`, `Word document`. */
  type: z.string(),
  /** In bytes. */
  size: z.number().int().nonnegative(),
});
export type AttachmentRef = z.infer<typeof attachmentRefSchema>;
