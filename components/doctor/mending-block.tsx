import { Fragment } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { Mending } from "#lib/domain/check-up.ts";

/** What mends or improves a part: lines to copy, and what to take away from what runs now. */
export function MendingBlock({ mending, of }: { mending: Mending; of: string }) {
  return (
    <div className="mt-2 overflow-hidden rounded-control bg-sunken text-xs text-ink-2">
      <div className="flex items-center gap-2 py-1 pr-1.5 pl-3">
        <p className="min-w-0 flex-1">{mending.what}</p>
        <CopyButton text={mending.lines} label={`Copy: ${mending.what}`}>
          Copy
        </CopyButton>
      </div>
      <ScrollRegion label={`${of}: ${mending.what}`} className="px-3 pb-2.5">
        <pre className="w-max text-xs/4.75 text-ink">{mending.lines}</pre>
      </ScrollRegion>
      {mending.takeAway.length > 0 && (
        <p className="px-3 pb-2">
          Take these away:{" "}
          {mending.takeAway.map((flag, index) => (
            <Fragment key={flag}>
              {index > 0 && ", "}
              <code className="whitespace-nowrap">{flag}</code>
            </Fragment>
          ))}
        </p>
      )}
    </div>
  );
}
