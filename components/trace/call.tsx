import { formatDuration } from "#lib/client/format-duration.ts";
import type { CallView } from "#lib/domain/run-view.ts";
import { count } from "./count.ts";
import { Observation } from "./observation.tsx";
import { PagesRead } from "./pages-read.tsx";
import { ProviderMarks, providerName } from "./provider-marks.tsx";
import { QueriesAsked } from "./queries-asked.tsx";

/** A tool call: its raw name, what it was asked, who answered, and what came back, folded. */
export function Call({ call }: { call: CallView }) {
  return (
    <div className="mt-2.5 overflow-hidden rounded-control bg-surface inset-ring inset-ring-line">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.75">
        <span className="font-mono text-xs font-medium">{call.tool}</span>
        {call.returned && <ProviderMarks returned={call.returned} />}
      </div>
      <Asked call={call} />
      {call.returned && <Observation returned={call.returned} summary={summaryOf(call.returned)} />}
    </div>
  );
}

function Asked({ call }: { call: CallView }) {
  if (call.tool === "search") return <QueriesAsked call={call} />;
  if (call.tool === "visit") return <PagesRead call={call} />;
  return (
    <pre className="overflow-x-auto border-t border-line px-3 py-2.5 text-xs/4.75 text-ink-2">
      {JSON.stringify(call.arguments, null, 2)}
    </pre>
  );
}

function summaryOf(returned: NonNullable<CallView["returned"]>): string {
  const { details, durationMs } = returned;
  const took = formatDuration(durationMs);
  if (details.kind === "search")
    return `${count(
      details.queries.reduce((sum, query) => sum + query.hits.length, 0),
      "result",
    )}, ${took}`;
  if (details.kind === "visit") {
    const read = details.pages.filter((page) => !page.failure).length;
    const failed = details.pages.length - read;
    return `${read} read${failed > 0 ? `, ${failed} not` : ""}, ${took}`;
  }
  return `${providerName(returned.provider) ?? "What came back"}, ${took}`;
}
