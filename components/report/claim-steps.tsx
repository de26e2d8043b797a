"use client";

import { ChevronDown, ChevronsDown, ChevronsUp, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { nextClaim } from "./next-claim.ts";
import { selectClaim, useReading, useReadingStore, useReport } from "./reading.tsx";

/** From claim to claim: each of the keys j k J K as a control. */
export function ClaimSteps() {
  const { citations } = useReport();
  const current = useReading((state) => state.current);
  return (
    <div className="-mr-2 flex items-center">
      <p className="mr-auto text-xs text-ink-3 tabular-nums">
        {current === null ? `${citations.length} cited` : `Claim ${current + 1} of ${citations.length}`}
      </p>
      <Step by={-1} toLookAt shortcut="Shift+K" label="Previous claim to look at">
        <ChevronsUp {...icon} />
      </Step>
      <Step by={-1} shortcut="K" label="Previous claim">
        <ChevronUp {...icon} />
      </Step>
      <Step by={1} shortcut="J" label="Next claim">
        <ChevronDown {...icon} />
      </Step>
      <Step by={1} toLookAt shortcut="Shift+J" label="Next claim to look at">
        <ChevronsDown {...icon} />
      </Step>
    </div>
  );
}

interface StepProps {
  by: 1 | -1;
  toLookAt?: boolean;
  shortcut: string;
  label: string;
  children: ReactNode;
}

function Step({ by, toLookAt = false, shortcut, label, children }: StepProps) {
  const { citations } = useReport();
  const store = useReadingStore();
  const next = useReading((state) => nextClaim(citations, state, by, toLookAt));
  return (
    <Button
      look="quiet"
      icon
      className="disabled:bg-transparent"
      aria-label={label}
      title={`${label} (${shortcut.replace("Shift+", "⇧ ")})`}
      aria-keyshortcuts={shortcut}
      disabled={next === undefined}
      onClick={() => next !== undefined && selectClaim(store, next)}
    >
      {children}
    </Button>
  );
}
