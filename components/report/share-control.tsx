"use client";

import { Share2 } from "lucide-react";
import { lazy, Suspense, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { useReading, useReadingStore, useReport } from "./reading.tsx";

const ShareDialog = lazy(async () => ({ default: (await import("#components/share/share-dialog.tsx")).ShareDialog }));

/** Opens the links of this version, by press and by key. */
export function ShareControl() {
  const report = useReport();
  const store = useReadingStore();
  const isOpen = useReading((state) => state.menu === "share");
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button ref={button} look="primary" aria-keyshortcuts="s" aria-haspopup="dialog" onClick={() => store.set({ menu: "share" })}>
        <Share2 {...icon} />
        <span className="max-sm:sr-only">Share</span>
      </Button>
      <Suspense>
        <Suspense>
          {isOpen && (
            <ShareDialog report={report} open onOpenChange={(open) => store.set({ menu: open ? "share" : null })} returnFocus={button} />
          )}
        </Suspense>
      </Suspense>
    </>
  );
}
