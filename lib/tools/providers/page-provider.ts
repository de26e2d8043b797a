import type { FailureReason } from "#lib/domain/outcome.ts";
import type { PageRead } from "#lib/tools/tool.ts";

export type PageAnswer = { ok: true; page: PageRead } | { ok: false; reason: FailureReason; detail: string };

/** One way to read a page. `null` from `read` means: this address is none of mine, ask the next one. */
export interface PageProvider {
  name: string;
  read(url: string, signal: AbortSignal): Promise<PageAnswer | null>;
}
