"use client";

import { memo } from "react";
import type { RunStore } from "#lib/client/run-store.ts";
import { useOpenChoice, useRow, useRunPart } from "#lib/client/use-run.ts";
import { MessageRow } from "./message-row.tsx";
import { Notice } from "./notice.tsx";
import { Step } from "./step.tsx";

/** One row, which renders again only when its own part of the fold has changed. */
export const TraceRow = memo(function TraceRow({ run, rowKey }: { run: RunStore; rowKey: string }) {
  const row = useRow(run, rowKey);
  const choice = useOpenChoice(run, rowKey);
  const isLast = useRunPart(run, (view) => view.rows.at(-1)?.key === rowKey);
  if (!row) return null;
  if (row.kind === "notice" && row.notice === "message") return <MessageRow run={run} messageId={row.messageId} />;
  if (row.kind === "notice") return <Notice notice={row} />;
  const failed = row.failures.length > 0 || row.calls.some((call) => call.returned?.outcome.kind === "failed");
  const open = choice ?? (row.state !== "ended" || (failed && isLast));
  return <Step step={row} open={open} onToggle={() => run.choose(rowKey, !open)} complete={() => run.complete(row)} />;
});
