import { Moment } from "#components/ui/moment.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import type { NoticeView } from "#lib/domain/run-view.ts";

/** A line across the trace; what the reader added has a row of its own. */
export type TimeNotice = Exclude<NoticeView, { notice: "message" }>;

/** `lanes`: of a run in which each goes on from its own last step. */
export function Notice({ notice, lanes = false }: { notice: TimeNotice; lanes?: boolean }) {
  return (
    <p className="flex items-center gap-3 pb-4 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <span className="max-w-[80%]">
        <Words notice={notice} lanes={lanes} />
      </span>
    </p>
  );
}

function Words({ notice, lanes }: { notice: TimeNotice; lanes: boolean }) {
  const at = <Moment at={notice.at} style="time" />;
  switch (notice.notice) {
    case "resumed":
      return (
        <>
          Worker restarted at {at},{" "}
          {notice.afterStep === 0 ? "started again" : lanes ? "every lane resumed where it was" : `resumed after step ${notice.afterStep}`},
          nothing repeated.
        </>
      );
    case "stop-requested":
      return (
        <>
          {at}, you asked {notice.stop === "now" ? "to stop now" : "to finish with what we have"}.
        </>
      );
    case "model-back":
      return (
        <>
          {at}, {notice.back ? "the model server was back after" : "the model server had not come back for"}{" "}
          {formatDuration(notice.waitedMs)}
          {notice.back && ". That time was not counted"}.
        </>
      );
    case "run-paused":
      return <>{at}, you paused the run. What was unfinished is begun again when it resumes.</>;
    case "run-resumed":
      return (
        <>
          Resumed at {at}, {notice.afterStep === 0 ? "started again" : lanes ? "every lane where it was" : `after step ${notice.afterStep}`}
          . The pause was not counted.
        </>
      );
    default:
      return notice satisfies never;
  }
}
