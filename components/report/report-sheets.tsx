"use client";

import { List, MessageSquare, Quote } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { icon } from "#components/ui/icon.ts";
import { Contents, type ContentsEntry } from "./contents.tsx";
import { LazyAsk } from "./lazy-ask.tsx";
import { LedgerSheet } from "./ledger.tsx";
import { useReading, useReadingStore, useReport } from "./reading.tsx";
import type { Sheet } from "./reading-store.ts";
import { isToLookAt } from "./status.ts";

/** Where there is no room beside the text: contents, claims with sources, and questions in sheets from below. */
export function ReportSheets({ contents }: { contents: ContentsEntry[] }) {
  const { citations } = useReport();
  const store = useReadingStore();
  const toLookAt = citations.filter(({ status }) => isToLookAt(status)).length;
  return (
    <nav
      aria-label="Report"
      data-screen
      className="sticky bottom-0 z-10 flex justify-around gap-1 border-t border-line bg-surface px-2 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] lg:hidden"
    >
      {contents.length > 0 && (
        <FootSheet sheet="contents" title="Contents" words="Contents" symbol={<List {...icon} />}>
          <Contents entries={contents} onLeave={() => store.set({ sheet: null })} />
        </FootSheet>
      )}
      <FootSheet
        sheet="claims"
        title="Claims and sources"
        symbol={<Quote {...icon} />}
        words={
          <span>
            Claims <span className="tabular-nums">{citations.length}</span>
            {toLookAt > 0 && <span className="text-weak max-sm:sr-only">, {toLookAt} to look at</span>}
          </span>
        }
      >
        <LedgerSheet />
      </FootSheet>
      <FootSheet sheet="ask" title="Ask this report" words="Ask" symbol={<MessageSquare {...icon} />}>
        <LazyAsk />
      </FootSheet>
    </nav>
  );
}

interface FootSheetProps {
  sheet: Sheet;
  title: string;
  words: ReactNode;
  symbol: ReactNode;
  children: ReactNode;
}

function FootSheet({ sheet, title, words, symbol, children }: FootSheetProps) {
  const store = useReadingStore();
  const isOpen = useReading((state) => state.sheet === sheet);
  return (
    <Dialog
      title={title}
      place="foot"
      open={isOpen}
      onOpenChange={(open) => store.set({ sheet: open ? sheet : null })}
      trigger={
        <Button look="quiet">
          {symbol}
          {words}
        </Button>
      }
    >
      {children}
    </Dialog>
  );
}
