"use client";

import { MessageRow } from "#components/trace/message-row.tsx";
import { Notice } from "#components/trace/notice.tsx";
import { notices } from "#lib/client/keys-by-lane.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { useLaneKeys } from "#lib/client/use-run.ts";
import { runNotices } from "./run-notices.ts";

export function HeavyNotices({ run }: { run: RunStore }) {
  const keys = useLaneKeys(run, notices);
  const told = runNotices(keys.map((key) => run.row(key)));
  if (told.length === 0) return null;
  return (
    <div className="*:pb-0 grid gap-1.5">
      {told.map((notice) =>
        notice.notice === "message" ? (
          <MessageRow key={notice.key} run={run} messageId={notice.messageId} />
        ) : (
          <Notice key={notice.key} notice={notice} lanes />
        ),
      )}
    </div>
  );
}
