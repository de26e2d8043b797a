import type { ReactNode } from "react";
import { TopBar } from "#components/shell/top-bar.tsx";

/** A session whose first question never arrived. */
export function EmptySession({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <TopBar>
        <h1 className="min-w-0 truncate text-sm font-semibold">{title}</h1>
      </TopBar>
      <main id="main" className="mx-auto grid w-full max-w-184 gap-4 px-4 py-12">
        <p className="text-ink-2">Nothing has been asked in this session yet.</p>
        {children}
      </main>
    </>
  );
}
