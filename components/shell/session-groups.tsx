"use client";

import { Button } from "#components/ui/button.tsx";
import { useNow } from "#lib/client/clock.tsx";
import type { SessionsState, SessionsStore } from "#lib/client/sessions-store.ts";
import { useTimeZone } from "#lib/client/time-zone.tsx";
import { groupSessions } from "./group-sessions.ts";
import { SessionItem } from "./session-item.tsx";

export function SessionGroups({ list, store }: { list: SessionsState; store: SessionsStore }) {
  const zone = useTimeZone();
  const now = Math.floor(useNow() / 60_000) * 60_000;
  if (list.items.length === 0) return <p className="px-2 py-3 text-ink-3">{emptyWords(list)}</p>;
  return (
    <>
      {groupSessions(list.items, now, zone).map((group) => (
        <section key={group.name} aria-label={group.name}>
          <h2 className="px-2 pt-3 pb-1 text-xs font-medium text-ink-3">{group.name}</h2>
          <ul>
            {group.rows.map((row) => (
              <SessionItem key={row.id} row={row} when={group.name} onChanged={store.refresh} />
            ))}
          </ul>
        </section>
      ))}
      {list.next && (
        <Button look="quiet" className="mt-2 w-full" onClick={store.more}>
          Show older sessions
        </Button>
      )}
    </>
  );
}

function emptyWords(list: SessionsState): string {
  if (list.loading) return "Searching";
  return list.words ? `No session contains “${list.words}”.` : "No sessions yet. Ask the first question.";
}
