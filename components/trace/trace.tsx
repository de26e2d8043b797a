"use client";

import { type KeyboardEvent, useRef } from "react";
import { WindowVirtualizer } from "virtua";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRowKeys } from "#lib/client/use-run.ts";
import { TraceRow } from "./trace-row.tsx";

/** Above this many rows only those near the screen are in the page. */
const mostRowsInPage = 500;

export function Trace({ run }: { run: RunStore }) {
  const keys = useRowKeys(run);
  const list = useRef<HTMLDivElement>(null);

  const walk = (event: KeyboardEvent) => {
    const heads = [...(list.current?.querySelectorAll<HTMLElement>("[data-step-head]") ?? [])];
    const at = heads.indexOf(event.target as HTMLElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (at < 0 || step === 0) return;
    event.preventDefault();
    heads[at + step]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are a short cut between the buttons inside
    <div ref={list} onKeyDown={walk}>
      {keys.length > mostRowsInPage ? (
        <WindowVirtualizer as="ol" item="li" data={keys} ssrCount={30} itemSize={58}>
          {(key) => <TraceRow key={key} run={run} rowKey={key} />}
        </WindowVirtualizer>
      ) : (
        <ol aria-label="Steps">
          {keys.map((key) => (
            <li key={key} className="group/row">
              <TraceRow run={run} rowKey={key} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
