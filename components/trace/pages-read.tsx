import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import type { CallView } from "#lib/domain/run-view.ts";
import type { VisitDetails } from "#lib/domain/tool-details.ts";
import { goalOf, urlsOf } from "./call-shape.ts";
import { failureWords } from "./failure-words.ts";

export function PagesRead({ call }: { call: CallView }) {
  const details = call.returned?.details;
  const goal = details?.kind === "visit" ? details.goal : goalOf(call);
  return (
    <div className="grid gap-1.5 px-3 pb-2">
      {goal && <p className="max-w-2xl text-ink-2">Looking for: {goal}</p>}
      <ul className="grid gap-0.75" aria-label="Pages">
        {details?.kind === "visit"
          ? details.pages.map((page) => <PageRow key={page.url} page={page} />)
          : urlsOf(call).map((url) => (
              <li key={url} className="truncate text-ink-2">
                {url}
              </li>
            ))}
      </ul>
    </div>
  );
}

function PageRow({ page }: { page: VisitDetails["pages"][number] }) {
  const name = page.title || page.url;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-3">
      <span className="min-w-0">
        {page.sourceId ? (
          <Link className="font-medium text-ink hover:text-accent hover:underline" href={`/sources/${page.sourceId}`}>
            {name}
          </Link>
        ) : (
          <span className="text-ink-2">{name}</span>
        )}
        <span className="ml-2 text-xs text-ink-3">{page.site}</span>
      </span>
      <span className="flex flex-wrap items-center justify-end gap-x-2 text-xs text-ink-3 tabular-nums">
        {page.failure && (
          <Tag tone={page.sourceId ? "warn" : "bad"}>
            <TriangleAlert {...smallIcon} />
            {page.detail ?? failureWords(page.failure)}
          </Tag>
        )}
        {formatDuration(page.durationMs)}
      </span>
    </li>
  );
}
