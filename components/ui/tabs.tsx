"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabSpec {
  id: string;
  name: string;
  count: ReactNode;
  panel: ReactNode;
}

export function Tabs({ label, tabs, start, children }: { label: string; tabs: TabSpec[]; start: string; children?: ReactNode }) {
  return (
    <Radix.Root defaultValue={start}>
      <div className="sticky top-0 z-2 bg-inherit px-4 pt-1 pb-px max-lg:px-0">
        <Radix.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line [scrollbar-width:none]">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.id}
              value={tab.id}
              className="-mb-px inline-flex min-h-10 items-center gap-1.5 border-b-2 border-transparent font-medium whitespace-nowrap text-ink-2 data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {tab.name} <span className="font-normal text-ink-3 tabular-nums">{tab.count}</span>
            </Radix.Trigger>
          ))}
        </Radix.List>
        {children}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="outline-offset-[-2px]">
          {tab.panel}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
