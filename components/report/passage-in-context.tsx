import type { PassageContext } from "#lib/domain/passage-context.ts";

/** A passage as it stands in the stored copy: marked, with a little of the text around it. */
export const PassageInContext = ({ text, context }: { text: string; context: PassageContext | null }) => (
  <blockquote className="border-l-2 border-line-strong pl-3 font-serif text-[0.9375rem]/5.75 whitespace-pre-line [overflow-wrap:anywhere]">
    {context?.before && <span className="text-ink-3">{context.before}</span>}
    <mark>{text}</mark>
    {context?.after && <span className="text-ink-3">{context.after}</span>}
  </blockquote>
);
