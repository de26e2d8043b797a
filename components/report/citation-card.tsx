"use client";

import { Eye } from "lucide-react";
import { type CSSProperties, type PointerEventHandler, useEffect, useRef } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { useTimeZone } from "#lib/client/time-zone.tsx";
import { PassageInContext } from "./passage-in-context.tsx";
import { withReference } from "./reference.ts";
import type { ShownCitation } from "./shown-citation.ts";
import { judgeWords, statusReason, statusWord } from "./status.ts";
import { StatusTag } from "./status-tag.tsx";

export interface CitationCardProps {
  shown: ShownCitation;
  /** The model that judged, where one did. */
  judge: string | null;
  takesFocus: boolean;
  style: CSSProperties;
  onPointerEnter: PointerEventHandler;
  onPointerLeave: PointerEventHandler;
}

/** What a mark stands for: the passage, why it has its status, and where it was read. At the foot of the screen on phones. */
export function CitationCard({ shown: { citation, source, context, href }, judge, takesFocus, style, ...pointer }: CitationCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const zone = useTimeZone();
  const judged = judgeWords(citation, judge);

  useEffect(() => {
    if (takesFocus) card.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  return (
    <div
      ref={card}
      role="dialog"
      aria-label={`Source ${citation.n}, ${statusWord(citation.status)}`}
      tabIndex={-1}
      style={style}
      {...pointer}
      data-screen
      data-citation-card
      className="absolute z-30 w-100 max-w-full rounded-panel bg-raised px-4 py-3.5 text-left font-sans text-sm shadow-pop outline-none max-sm:rise max-sm:fixed! max-sm:inset-x-3! max-sm:top-auto! max-sm:bottom-3! max-sm:max-h-[58dvh] max-sm:w-auto max-sm:max-w-none max-sm:overflow-auto"
    >
      <p className="flex items-center gap-2">
        <StatusTag status={citation.status} />
        <span className="ml-auto text-xs whitespace-nowrap text-ink-3 tabular-nums">source {citation.n}</span>
      </p>
      <ScrollRegion label="Passage" className="my-2.5 max-h-60 max-sm:max-h-40">
        <PassageInContext text={citation.passage.text} context={context} />
      </ScrollRegion>
      <p className="mb-2 text-ink-2 [overflow-wrap:anywhere]">
        {statusReason(citation)} {judged && <span className="text-ink-3">({judged})</span>}
      </p>
      <p className="font-medium [overflow-wrap:anywhere]">{source.title || source.url}</p>
      <p className="text-xs text-ink-3">
        {source.site}, read <Moment at={source.fetchedAt} />
      </p>
      <p className="-mx-2 mt-2.5 -mb-1 flex flex-wrap gap-1">
        <ButtonLink look="quiet" href={href}>
          <Eye {...icon} />
          Open the passage
        </ButtonLink>
        <CopyButton text={withReference(citation, source, zone)}>Copy with reference</CopyButton>
      </p>
    </div>
  );
}
