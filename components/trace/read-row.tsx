import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import { failureWords } from "./failure-words.ts";

interface ReadRowProps {
  name: string;
  /** What it is, or where it is from. */
  note: string;
  /** What came of it; `sourceId` is the stored copy. */
  read: { sourceId?: string | undefined; failure?: string | undefined; detail?: string | undefined; durationMs: number };
  children?: ReactNode;
}

/** Something a call wanted to read: the way to its stored copy, or why there is none. */
export function ReadRow({ name, note, read: { sourceId, failure, detail, durationMs }, children }: ReadRowProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-3">
      <span className="min-w-0">
        {sourceId ? (
          <Link className="font-medium text-ink hover:text-accent hover:underline" href={`/sources/${sourceId}`}>
            {name}
          </Link>
        ) : (
          <span className="text-ink-2">{name}</span>
        )}
        {note && <span className="ml-2 text-xs text-ink-3">{note}</span>}
      </span>
      <span className="flex flex-wrap items-center justify-end gap-x-2 text-xs text-ink-3 tabular-nums">
        {failure && (
          <Tag tone={sourceId ? "warn" : "bad"}>
            <TriangleAlert {...smallIcon} />
            {detail ?? failureWords(failure)}
          </Tag>
        )}
        {children}
        {formatDuration(durationMs)}
      </span>
    </li>
  );
}
