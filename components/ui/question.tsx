import { ScrollRegion } from "./scroll-region.tsx";

const longest = 400;

/** A question as a heading. One as long as a page takes small type and scrolls in place, so that it does not push away what it asked for. */
export function Question({ as: Heading, text, className }: { as: "h1" | "h2"; text: string; className: string }) {
  if (text.length <= longest) return <Heading className={className}>{text}</Heading>;
  return (
    <ScrollRegion label="Question" className="max-h-60">
      <Heading className="font-serif text-lg font-medium whitespace-pre-line [text-wrap:wrap]">{text}</Heading>
    </ScrollRegion>
  );
}
