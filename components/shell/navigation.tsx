"use client";

import { Plus } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { createSessionsStore } from "#lib/client/sessions-store.ts";
import type { SessionRow } from "#lib/domain/session.ts";
import { Brand } from "./brand.tsx";
import { DoctorLink } from "./doctor-link.tsx";
import { SessionGroups } from "./session-groups.tsx";
import { SharesLink } from "./shares-link.tsx";
import { type Theme, ThemeChoice } from "./theme-choice.tsx";

export interface NavigationProps {
  sessions: { items: readonly SessionRow[]; next: string | null };
  theme: Theme;
  onLeave: () => void;
}

export function Navigation({ sessions, theme, onLeave }: NavigationProps) {
  const [store] = useState(() => createSessionsStore(sessions));
  const list = useSyncExternalStore(store.subscribe, store.state, store.atRender);
  return (
    <>
      <Brand />
      <ButtonLink href="/" onClick={onLeave} className="shrink-0">
        <Plus {...icon} />
        New question
      </ButtonLink>
      <label className="shrink-0">
        <span className="sr-only">Search sessions</span>
        <input
          type="search"
          placeholder="Search sessions"
          value={list.words}
          onChange={(event) => store.search(event.target.value)}
          className="w-full rounded-control border border-line bg-surface px-2.5 py-1.75 pointer-coarse:text-lg"
        />
      </label>
      <nav
        aria-label="Sessions"
        className="min-h-0 flex-1 overflow-y-auto"
        onClickCapture={(event) => (event.target as Element).closest("a") && onLeave()}
      >
        {list.problem && <p className="px-2 py-1 text-weak">The list may be out of date. {list.problem}</p>}
        <SessionGroups list={list} store={store} />
      </nav>
      <div className="grid shrink-0 gap-2 border-t border-line pt-2">
        <div className="grid">
          <SharesLink onLeave={onLeave} />
          <DoctorLink onLeave={onLeave} />
        </div>
        <ThemeChoice initial={theme} />
      </div>
    </>
  );
}
