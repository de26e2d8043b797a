import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** What scrolls in place: named, and reachable by key. */
export function ScrollRegion({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop a keyboard could not scroll it
    <section tabIndex={0} aria-label={label} className={cx("overflow-auto outline-offset-[-2px]", className)}>
      {children}
    </section>
  );
}
