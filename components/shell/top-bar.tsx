import type { ReactNode } from "react";
import { OpenNavigationButton } from "./shell.tsx";

export function TopBar({ children }: { children: ReactNode }) {
  return (
    <header data-screen className="sticky top-0 z-20 flex min-h-13 items-center gap-2 border-b border-line bg-surface px-3 py-1.5 md:px-5">
      <OpenNavigationButton />
      {children}
    </header>
  );
}
