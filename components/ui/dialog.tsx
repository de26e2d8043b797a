"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { icon } from "./icon.ts";

const places = {
  middle: "inset-0 m-auto h-fit max-h-[calc(100dvh-2rem)] w-120 max-w-[calc(100vw-1.5rem)] rounded-panel bg-raised p-5 max-sm:p-4",
  left: "slide-in inset-y-0 left-0 h-dvh w-[min(20rem,86vw)] bg-canvas p-3",
  /** Beside the page; where there is no room, at its foot. */
  side: "slide-in-end max-md:inset-x-0 max-md:bottom-0 max-md:max-h-[80dvh] max-md:rounded-t-panel md:inset-y-0 md:right-0 md:w-104 bg-surface px-4 pt-2 pb-6",
  foot: "rise inset-x-0 bottom-0 max-h-[80dvh] rounded-t-panel bg-surface px-4 pt-2 pb-6",
} as const;

export interface DialogProps {
  title: string;
  place?: keyof typeof places;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger?: ReactNode;
  /** Where the focus goes afterwards, for a dialog without a trigger of its own. */
  returnFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A dialog, a drawer or a sheet: focus goes in, stays in, and comes back. */
export function Dialog({ title, place = "middle", open, onOpenChange, trigger, returnFocus, children }: DialogProps) {
  const giveFocusBack = (event: Event) => {
    if (!returnFocus?.current) return;
    event.preventDefault();
    returnFocus.current.focus();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveFocusBack}
          className={cx("fixed z-50 overflow-auto text-ink shadow-pop", places[place])}
        >
          <div className="mb-2 flex items-center justify-between gap-2">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <Button look="quiet" icon aria-label="Close">
                <X {...icon} />
              </Button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
