"use client";

import { Link2 } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { icon } from "#components/ui/icon.ts";

export function SharesLink({ onLeave }: { onLeave: () => void }) {
  const isHere = usePathname() === "/shares";
  return (
    <Link
      href="/shares"
      prefetch={false}
      onClick={onLeave}
      aria-current={isHere ? "page" : undefined}
      className="flex min-h-7.5 shrink-0 items-center gap-2 rounded-control px-2 py-1 text-ink-2 no-underline hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:min-h-11"
    >
      <Link2 {...icon} />
      Shared links
    </Link>
  );
}
