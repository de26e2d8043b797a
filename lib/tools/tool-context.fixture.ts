import type { AttachmentRef } from "#lib/domain/attachment.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { sha256 } from "#lib/std/sha256.ts";
import type { PageRead, ToolContext } from "./tool.ts";

/** A run as a tool sees it, which keeps its sources in memory: the same text of the same address is the same source, as in the database. */
export function toolContext(files: { ref: AttachmentRef; bytes: Uint8Array }[] = []): ToolContext & { kept: PageRead[] } {
  const refs: SourceRef[] = [];
  const kept: PageRead[] = [];
  let figures = 0;
  return {
    kept,
    signal: new AbortController().signal,
    mayVisit: async () => true,
    attachments: files.map((file) => file.ref),
    keepFigure: async ({ name, width, height }) => ({ id: `f${++figures}`, n: figures, name, width, height }),
    bytesOf: async ({ id }) => files.find((file) => file.ref.id === id)?.bytes ?? null,
    async keepSource(page) {
      const hash = sha256(page.text);
      const known = refs.find((ref) => ref.url === page.url && ref.hash === hash);
      if (known) return known;
      const { url, title, site, status, fetchedAt } = page;
      const ref = { id: `s${refs.length + 1}`, n: refs.length + 1, url, title, site, hash, status, fetchedAt };
      refs.push(ref);
      kept.push(page);
      return ref;
    },
  };
}
