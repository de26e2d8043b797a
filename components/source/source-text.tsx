import type { Span } from "#lib/std/span.ts";
import { splitText } from "./split-text.ts";

/** The stored copy as text: never as the page's own markup. */
export function SourceText({ text, passage }: { text: string; passage: Span | null }) {
  const blocks = splitText(text, passage);
  const first = blocks.find((block) => block.parts.some((part) => part.marked));
  return (
    <article className="mt-6 grid gap-3.75 font-serif text-[1.0625rem]/7">
      {blocks.map((block) => (
        <p key={block.start} className={block.heading ? "text-h3 font-semibold" : "whitespace-pre-wrap"}>
          {block.parts.map((part, index) => {
            const words = block.heading && index === 0 && !part.marked ? part.text.replace(/^#+\s/, "") : part.text;
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a stored text never change
            if (!part.marked) return <span key={index}>{words}</span>;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a stored text never change
              <mark key={index} id={block === first ? "passage" : undefined} className="scroll-my-32">
                {words}
              </mark>
            );
          })}
        </p>
      ))}
      {blocks.length === 0 && <p className="font-sans text-sm text-ink-2">The stored copy has no text.</p>}
    </article>
  );
}
