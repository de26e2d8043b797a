"use client";

import type { ReactNode, RefObject } from "react";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Share } from "#lib/domain/share.ts";
import { LinksOfReport } from "./links-of-report.tsx";
import { MadeLink } from "./made-link.tsx";
import { NewLink } from "./new-link.tsx";
import type { SharedReport } from "./shared-report.ts";

export interface ShareDialogProps {
  report: SharedReport;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger?: ReactNode;
  /** Where the focus goes afterwards, where there is no trigger. */
  returnFocus?: RefObject<HTMLElement | null>;
}

/** Makes links to one version of a report, and shows those there are. The address of a new one is shown until the dialog is closed. */
export function ShareDialog({ report, open, onOpenChange, trigger, returnFocus }: ShareDialogProps) {
  const [made, setMade] = useState<(Share & { url: string }) | null>(null);
  const change = (next: boolean) => {
    if (!next) setMade(null);
    onOpenChange(next);
  };
  return (
    <Dialog
      title={`Share version ${report.version}`}
      open={open}
      onOpenChange={change}
      {...(trigger !== undefined && { trigger })}
      {...(returnFocus && { returnFocus })}
    >
      <div className="grid gap-4">
        {made ? <MadeLink share={made} onAnother={() => setMade(null)} /> : <NewLink report={report} onMade={setMade} />}
        <LinksOfReport reportId={report.id} made={made} />
      </div>
    </Dialog>
  );
}
