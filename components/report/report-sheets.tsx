"use client";

import { List, Quote } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { icon } from "#components/ui/icon.ts";
import { Contents, type ContentsEntry } from "./contents.tsx";
import { Ledger } from "./ledger.tsx";
import { useReading } from "./reading.tsx";

/** Where there is no room beside the text: contents, claims and sources in sheets from below. */
export function ReportSheets({ contents }: { contents: ContentsEntry[] }) {
  const [open, setOpen] = useState<"contents" | "claims" | null>(null);
  const { report } = useReading();
  const set = (sheet: "contents" | "claims") => (isOpen: boolean) => setOpen(isOpen ? sheet : null);
  return (
    <nav
      aria-label="Report"
      data-screen
      className="sticky bottom-0 z-10 flex justify-around gap-1 border-t border-line bg-surface px-2 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] lg:hidden"
    >
      {contents.length > 0 && (
        <Dialog
          title="Contents"
          place="foot"
          open={open === "contents"}
          onOpenChange={set("contents")}
          trigger={
            <Button look="quiet">
              <List {...icon} />
              Contents
            </Button>
          }
        >
          <Contents entries={contents} onLeave={() => setOpen(null)} />
        </Dialog>
      )}
      <Dialog
        title="Claims and sources"
        place="foot"
        open={open === "claims"}
        onOpenChange={set("claims")}
        trigger={
          <Button look="quiet">
            <Quote {...icon} />
            Claims <span className="tabular-nums">{report.citations.length}</span>
          </Button>
        }
      >
        <Ledger />
      </Dialog>
    </nav>
  );
}
