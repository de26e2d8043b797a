"use client";

import { MessageSquare } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { openAsk } from "./open-ask.ts";
import { useReadingStore } from "./reading.tsx";

/** Behind the last word of the report: what a reader does next. */
export function AskInvitation() {
  const store = useReadingStore();
  return (
    <section aria-label="Ask this report" data-screen className="mt-10 border-t border-line pt-5">
      <Button onClick={() => openAsk(store)} aria-keyshortcuts="a">
        <MessageSquare {...icon} />
        Ask this report
      </Button>
      <p className="mt-2 text-xs/4.5 text-ink-3">Answers come from the evidence stored with this report. No new research is done.</p>
    </section>
  );
}
