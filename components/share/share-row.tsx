"use client";

import Link from "next/link";
import { useState } from "react";
import { Moment } from "#components/ui/moment.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useNow } from "#lib/client/clock.tsx";
import { type Share, type ShareState, shareState } from "#lib/domain/share.ts";
import { RevokeButton } from "./revoke-button.tsx";
import { endsIn, openedWords, scopeWords } from "./share-words.ts";

/** A link: what it opens, how often it was opened, when it ends. `named` shows the report it leads to. */
export function ShareRow({ share, named = false }: { share: Share; named?: boolean }) {
  const [revoked, setRevoked] = useState(false);
  const now = useNow();
  const state: ShareState = revoked ? "revoked" : shareState(share, new Date(now));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2.5 last:border-0">
      <div className="min-w-48 flex-1">
        {named && (
          <Link href={`/reports/${share.reportId}`} prefetch={false} className="line-clamp-2 font-medium text-ink">
            {share.question}
          </Link>
        )}
        <p>
          {scopeWords[share.scope]}
          {named && share.version > 1 && `, version ${share.version}`}
          {share.indexable && ", listed by search engines"}
        </p>
        <p className="text-xs text-ink-3">
          made <Moment at={share.createdAt} style="day" />, {openedWords(share)}
          {share.lastViewedAt && (
            <>
              , last <Moment at={share.lastViewedAt} />
            </>
          )}
          {state === "open" && <>, {endsIn(share.expiresAt, now)}</>}
        </p>
      </div>
      {state === "open" ? (
        <RevokeButton
          id={share.id}
          name={`the link made ${share.createdAt.slice(0, 10)}, ${scopeWords[share.scope]}`}
          onRevoked={() => setRevoked(true)}
        />
      ) : (
        <Tag tone="plain">{state === "revoked" ? "revoked" : "ended"}</Tag>
      )}
    </li>
  );
}
