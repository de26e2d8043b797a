import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { smallIcon } from "./icon.ts";

interface DisclosureProps {
  summary: ReactNode;
  /** How it stands at first; then it is the reader's. */
  open?: boolean;
  children: ReactNode;
  className?: string;
}

/** A line that opens. Native, so it works before any script and keeps what the reader chose. */
export function Disclosure({ summary, open, children, className }: DisclosureProps) {
  return (
    <details className={className} open={open}>
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
