"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { CitationLayer } from "#components/report/citation-layer.tsx";
import { passageLink } from "#components/report/passage-link.ts";
import { useReport } from "#components/report/reading.tsx";
import type { ShownCitation } from "#components/report/shown-citation.ts";
import { count } from "#components/trace/count.ts";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import { numberedSources, type ShownAnswer } from "#lib/domain/report-message.ts";
import { ResearchFurther } from "./research-further.tsx";

interface AnswerTextProps {
  answer: ShownAnswer;
  question: string;
  isLast: boolean;
  onAskAgain: (question: string, quote?: boolean) => void;
}

/** A stored answer with its citations, and what a reader has to know of it to trust it. */
export function AnswerText({ answer, question, isLast, onAskAgain }: AnswerTextProps) {
  const report = useReport();
  const { citations, removedMarks, model, end, detail } = answer.facts;
  const sources = numberedSources(report);
  const shown = (index: number): ShownCitation | null => {
    const citation = citations[index];
    const source = citation && sources.find(({ id }) => id === citation.sourceId);
    return source ? { citation, source, context: answer.contexts[index] ?? null, href: passageLink(report.id, citation, null) } : null;
  };
  return (
    <div className="grid gap-2">
      {model === null && end === "whole" && (
        <p>
          <Tag>Quotes, not an answer: no language model wrote this</Tag>
        </p>
      )}
      {answer.html && (
        <CitationLayer shown={shown} judge={null}>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by toHtml, which lets nothing through but text, structure and our marks */}
          <div className="answer" dangerouslySetInnerHTML={{ __html: answer.html }} />
        </CitationLayer>
      )}
      {end !== "whole" && (
        <Note>
          {end === "cut-off" ? "Cut off: " : "No answer. "}
          {detail}
        </Note>
      )}
      {removedMarks.length > 0 && (
        <Note>
          {count(removedMarks.length, "mark")} of the model named no passage that carries the sentence and{" "}
          {removedMarks.length === 1 ? "was" : "were"} removed.
        </Note>
      )}
      {model !== null && end !== "failed" && citations.length === 0 && (
        <Note>This answer cites nothing: there is no passage to check it against.</Note>
      )}
      {isLast && (
        <p className="flex flex-wrap gap-x-3 gap-y-1 text-xs/5">
          {end !== "whole" && <Offer onPress={() => onAskAgain(question)}>Ask again</Offer>}
          {end === "failed" && <Offer onPress={() => onAskAgain(question, true)}>Quote the sources instead</Offer>}
          <ResearchFurther question={question} words="Research this further" />
        </p>
      )}
    </div>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <p className="flex gap-1.5 text-xs/4.5 text-ink-2">
    <TriangleAlert {...smallIcon} className="mt-0.5 shrink-0 text-weak" />
    <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
  </p>
);

const Offer = ({ onPress, children }: { onPress: () => void; children: ReactNode }) => (
  <button type="button" className="text-accent underline pointer-coarse:py-2" onClick={onPress}>
    {children}
  </button>
);
