"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

export interface MenuRowProps {
  symbol: ReactNode;
  words: ReactNode;
  /** At the end of the first line. */
  side?: ReactNode;
  /** A line below, in small type. */
  note?: ReactNode;
  disabled?: boolean;
  onSelect?: (event: Event) => void;
  /** The row is a link. */
  link?: (inside: ReactNode) => ReactElement;
}

const look =
  "grid w-84 max-w-full cursor-pointer grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2.5 rounded-control px-2 py-1.5 text-ink no-underline outline-none data-disabled:cursor-not-allowed data-disabled:text-ink-3 data-highlighted:bg-hover pointer-coarse:py-2.5";

/** A row of a menu that says more than a word: what it does, and a line about it. */
export function MenuRow({ symbol, words, side, note, disabled, onSelect, link }: MenuRowProps) {
  const inside = (
    <>
      <span className="mt-0.5">{symbol}</span>
      <span className="font-medium">{words}</span>
      <span className="text-xs/5 whitespace-nowrap text-ink-3 tabular-nums">{side}</span>
      {note && <span className="col-span-2 col-start-2 line-clamp-3 text-xs/4.5 text-ink-3 [overflow-wrap:anywhere]">{note}</span>}
    </>
  );
  const rest = { className: look, ...(disabled && { disabled }), ...(onSelect && { onSelect }) };
  return link ? (
    <Radix.Item asChild {...rest}>
      {link(inside)}
    </Radix.Item>
  ) : (
    <Radix.Item {...rest}>{inside}</Radix.Item>
  );
}
