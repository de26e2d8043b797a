"use client";

import { Menu, PanelLeft, Plus } from "lucide-react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { icon } from "#components/ui/icon.ts";
import type { SessionRow } from "#lib/domain/session.ts";
import { Brand } from "./brand.tsx";
import { Navigation } from "./navigation.tsx";
import type { Theme } from "./theme-choice.tsx";

const OpenNavigation = createContext<() => void>(() => {});

export interface ShellProps {
  sessions: { items: readonly SessionRow[]; next: string | null };
  theme: Theme;
  /** Where width is work, the sidebar is a rail of 52 px; its content is a press away. */
  rail?: boolean;
  children: ReactNode;
}

/** The frame of every page: navigation at the side, in a drawer where there is no room, and the page. */
export function Shell({ sessions, theme, rail, children }: ShellProps) {
  const [open, setOpen] = useState(false);
  const navigation = <Navigation sessions={sessions} theme={theme} onLeave={() => setOpen(false)} />;
  return (
    <OpenNavigation value={() => setOpen(true)}>
      <a href="#main" className="absolute -top-16 left-3 z-50 rounded-control bg-raised px-3 py-2 focus:top-3 focus:shadow-pop" data-screen>
        Skip to content
      </a>
      <div
        className={cx(
          "group/shell grid min-h-dvh grid-cols-[minmax(0,1fr)] print:block",
          rail ? "md:grid-cols-[3.25rem_minmax(0,1fr)]" : "md:grid-cols-[15.5rem_minmax(0,1fr)]",
          // A page asks for the rail where it finds that width is work: `data-rail` on anything in it.
          "md:has-[[data-rail]]:grid-cols-[3.25rem_minmax(0,1fr)]",
        )}
      >
        <aside
          aria-label="Navigation"
          data-screen
          className={cx(
            "sticky top-0 hidden h-dvh flex-col gap-3 overflow-auto border-r border-line bg-canvas py-3 md:flex",
            rail ? "items-center px-1" : "px-2 group-has-[[data-rail]]/shell:items-center group-has-[[data-rail]]/shell:px-1",
          )}
        >
          {!rail && <div className="contents group-has-[[data-rail]]/shell:hidden">{navigation}</div>}
          <div className={rail ? "contents" : "hidden group-has-[[data-rail]]/shell:contents"}>
            <Rail onOpen={() => setOpen(true)} />
          </div>
        </aside>
        <div className="flex min-w-0 flex-col">{children}</div>
      </div>
      <Dialog title="Navigation" place="left" open={open} onOpenChange={setOpen}>
        <div className="flex h-[calc(100%-3rem)] flex-col gap-3">{navigation}</div>
      </Dialog>
    </OpenNavigation>
  );
}

function Rail({ onOpen }: { onOpen: () => void }) {
  return (
    <>
      <Brand markOnly />
      <ButtonLink look="quiet" icon href="/">
        <Plus {...icon} />
        <span className="sr-only">New question</span>
      </ButtonLink>
      <Button look="quiet" icon aria-label="Open navigation" onClick={onOpen}>
        <PanelLeft {...icon} />
      </Button>
    </>
  );
}

export function OpenNavigationButton() {
  const open = useContext(OpenNavigation);
  return (
    <Button look="quiet" icon className="md:hidden" aria-label="Open navigation" onClick={open}>
      <Menu {...icon} />
    </Button>
  );
}
