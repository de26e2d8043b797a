"use client";

import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";

export interface TabSpec {
  id: string;
  name: string;
  count: ReactNode;
  panel: ReactNode;
  /** Once opened it stays as it was left. */
  keep?: boolean;
}

interface TabsProps {
  label: string;
  tabs: TabSpec[];
  start: string;
  /** The open one, where it is not for the tabs alone to decide. */
  value?: string;
  onChange?: (id: string) => void;
}

export function Tabs({ label, tabs, start, value, onChange }: TabsProps) {
  const [opened, setOpened] = useState<readonly string[]>([]);
  const isKept = (tab: TabSpec) => tab.keep === true && (tab.id === value || opened.includes(tab.id));
  const change = (id: string) => {
    setOpened([...new Set([...opened, id, ...(value === undefined ? [] : [value])])]);
    onChange?.(id);
  };
  return (
    <Radix.Root className="bg-inherit" {...(value === undefined ? { defaultValue: start } : { value })} onValueChange={change}>
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
        <Radix.Content
          key={tab.id}
          value={tab.id}
          {...(isKept(tab) && { forceMount: true })}
          className="bg-inherit outline-offset-[-2px] data-[state=inactive]:hidden"
        >
          {tab.panel}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
