import type { FileFailure } from "./file-failure.ts";

/** A file as text. */
export interface FileText {
  ok: true;
  /** The document's own; empty when it has none. */
  title: string;
  /** Markdown, fit to be stored and quoted. */
  text: string;
  /** How much there is of it: `12 pages`, `3 sheets, 1,204 rows`. */
  extent?: string;
}

export type FileAnswer = FileText | FileFailure;
