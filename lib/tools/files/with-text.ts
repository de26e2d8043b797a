import { tidyText, tidyTitle } from "#lib/tools/reader/tidy-text.ts";
import { fileFailure } from "./file-failure.ts";
import type { FileAnswer } from "./file-text.ts";

/** Makes a text fit to be stored and quoted; a file without a letter or a digit in it is a failure. */
export function withText(answer: FileAnswer & { cut?: boolean }): FileAnswer {
  if (!answer.ok) return answer;
  const { title, text, extent, cut } = answer;
  if (!/[\p{L}\p{N}]/u.test(text))
    return fileFailure("unreadable-page", extent ? `there is no text in it (${extent})` : "there is no text in it");
  return { ok: true, title: tidyTitle(title), text: tidyText(text, cut), ...(extent && { extent }) };
}
