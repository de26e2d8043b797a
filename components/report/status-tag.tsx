import { cx } from "#components/ui/cx.ts";
import type { CitationStatus } from "#lib/domain/citation.ts";
import { statusWord } from "./status.ts";

export function StatusTag({ status }: { status: CitationStatus }) {
  return (
    <span
      className={cx("status-soft inline-flex items-center gap-1.25 rounded-mark px-1.75 py-px text-xs/4.5 font-medium", `status-${status}`)}
    >
      <span className="status-mark" aria-hidden="true" />
      {statusWord(status)}
    </span>
  );
}
