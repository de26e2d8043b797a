import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** What scrolls in place: named, and reachable by key. */
export function ScrollRegion({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and a section would be one landmark among hundreds
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop a keyboard could not scroll it
    <div role="group" tabIndex={0} aria-label={label} className={cx("overflow-auto outline-offset-[-2px]", className)}>
      {children}
    </div>
  );
}
