import { ShieldAlert } from "lucide-react";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { smallIcon } from "#components/ui/icon.ts";
import type { InstructionFlag } from "#lib/domain/tool-details.ts";

/** Text that tries to instruct the agent, behind a press: it is data to the model, and a warning to the reader. */
export function FlaggedText({ flags }: { flags: readonly InstructionFlag[] }) {
  return (
    <Disclosure
      className="border-t border-line"
      summary={
        <span className="inline-flex items-center gap-1.5 text-weak">
          <ShieldAlert {...smallIcon} />
          Tries to instruct the agent
        </span>
      }
    >
      <ul className="grid gap-2 px-3 pb-2.5">
        {flags.map((flag) => (
          <li key={`${flag.where} ${flag.excerpt}`}>
            <blockquote className="max-w-2xl border-l-2 border-weak pl-3 font-serif text-[0.9375rem]/5.75">{flag.excerpt}</blockquote>
            <p className="truncate text-xs text-ink-3">{flag.where}</p>
          </li>
        ))}
      </ul>
      <p className="px-3 pb-2.5 text-xs/5 text-ink-3">The model was given it as material, not as an order.</p>
    </Disclosure>
  );
}
