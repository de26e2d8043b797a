import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { smallIcon } from "./icon.ts";

/** A line that opens. Native, so it works before any script and keeps what the reader chose. */
export function Disclosure({ summary, children, className }: { summary: ReactNode; children: ReactNode; className?: string }) {
  return (
    <details className={className}>
      <summary className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.75 text-ink-2 hover:bg-hover">
        <ChevronRight
          {...smallIcon}
          className="shrink-0 text-ink-3 transition-[rotate] duration-reveal ease-settle [details[open]>summary>&]:rotate-90"
        />
        {summary}
      </summary>
      {children}
    </details>
  );
}
