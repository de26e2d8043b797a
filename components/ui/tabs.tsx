"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabSpec {
  id: string;
  name: string;
  count: ReactNode;
  panel: ReactNode;
}

export function Tabs({ label, tabs, start }: { label: string; tabs: TabSpec[]; start: string }) {
  return (
    <Radix.Root defaultValue={start}>
      <Radix.List
        aria-label={label}
        className="sticky top-0 z-2 flex gap-4 overflow-x-auto border-b border-line bg-inherit pt-1 [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="inline-flex min-h-10 items-center gap-1.5 border-b-2 border-transparent font-medium whitespace-nowrap text-ink-2 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.name} <span className="font-normal text-ink-3 tabular-nums">{tab.count}</span>
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="outline-offset-[-2px]">
          {tab.panel}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
