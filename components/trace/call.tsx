import { formatDuration } from "#lib/client/format-duration.ts";
import { providerName } from "#lib/domain/provider-name.ts";
import type { CallView } from "#lib/domain/run-view.ts";
import { count } from "./count.ts";
import { FilesRead } from "./files-read.tsx";
import { FlaggedText } from "./flagged-text.tsx";
import { Observation } from "./observation.tsx";
import { PagesRead } from "./pages-read.tsx";
import { ProviderMarks } from "./provider-marks.tsx";
import { ProvidersAsked } from "./providers-asked.tsx";
import { QueriesAsked } from "./queries-asked.tsx";
import { Script } from "./script-run.tsx";

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
      {call.returned?.flags && <FlaggedText flags={call.returned.flags} />}
      {call.returned && <ProvidersAsked returned={call.returned} />}
    </div>
  );
}

function Asked({ call }: { call: CallView }) {
  switch (call.tool) {
    case "search":
    case "google_scholar":
      return <QueriesAsked call={call} />;
    case "visit":
      return <PagesRead call={call} />;
    case "PythonInterpreter":
      return <Script call={call} />;
    case "parse_file":
      return <FilesRead call={call} />;
    default:
      return <Arguments call={call} />;
  }
}

function Arguments({ call }: { call: CallView }) {
  return (
    <pre className="overflow-x-auto border-t border-line px-3 py-2.5 text-xs/4.75 text-ink-2">
      {JSON.stringify(call.arguments, null, 2)}
    </pre>
  );
}

function summaryOf({ details, durationMs, provider }: NonNullable<CallView["returned"]>): string {
  const took = formatDuration(durationMs);
  switch (details.kind) {
    case "search":
      return `${count(sum(details.queries.map((query) => query.hits.length)), "result")}, ${took}`;
    case "scholar":
      return `${count(sum(details.queries.map((query) => query.papers.length)), "paper")}, ${took}`;
    case "visit":
      return `${readOf(details.pages)}, ${took}`;
    case "files":
      return `${readOf(details.files)}, ${took}`;
    case "python":
      return `${details.failure ? "What it printed before it failed" : "What it printed"}, ${took}`;
    case "none":
      return `${provider === null ? "What came back" : providerName(provider)}, ${took}`;
    default:
      return details satisfies never;
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function readOf(items: readonly { failure?: unknown }[]): string {
  const failed = items.filter((item) => item.failure).length;
  return `${items.length - failed} read${failed > 0 ? `, ${failed} not` : ""}`;
}
