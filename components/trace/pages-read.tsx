import type { CallView } from "#lib/domain/run-view.ts";
import { goalOf, urlsOf } from "./call-shape.ts";
import { ReadRow } from "./read-row.tsx";

export function PagesRead({ call }: { call: CallView }) {
  const details = call.returned?.details;
  const goal = details?.kind === "visit" ? details.goal : goalOf(call);
  return (
    <div className="grid gap-1.5 px-3 pb-2">
      {goal && <p className="max-w-2xl text-ink-2">Looking for: {goal}</p>}
      <ul className="grid gap-0.75" aria-label="Pages">
        {details?.kind === "visit"
          ? details.pages.map((page) => <ReadRow key={page.url} name={page.title || page.url} note={page.site} read={page} />)
          : urlsOf(call).map((url) => (
              <li key={url} className="truncate text-ink-2">
                {url}
              </li>
            ))}
      </ul>
    </div>
  );
}
