import Link from "next/link";
import { cx } from "#components/ui/cx.ts";

export function Brand({ markOnly }: { markOnly?: boolean }) {
  return (
    <Link
      href="/"
      aria-label={markOnly ? "Dossier" : undefined}
      className="flex items-center gap-2 rounded-control px-2 py-1 font-serif text-[1.0625rem]/6 font-semibold text-ink no-underline"
    >
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="size-4.5 fill-none stroke-current stroke-[1.75] [stroke-linecap:round] [stroke-linejoin:round]"
      >
        <path d="M4 3.5h10.5L20 9v11.5H4z" />
        <path d="M8 12h8M8 16h5" />
        <path d="M14.5 3.5V9H20" />
      </svg>
      <span className={cx(markOnly && "sr-only")}>Dossier</span>
    </Link>
  );
}
