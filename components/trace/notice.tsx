import { Moment } from "#components/ui/moment.tsx";
import type { NoticeView } from "#lib/domain/run-view.ts";

export function Notice({ notice }: { notice: NoticeView }) {
  return (
    <p className="flex items-center gap-3 pb-4 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <span className="max-w-[80%]">
        {notice.notice === "resumed" ? (
          <>
            Worker restarted at <Moment at={notice.at} style="time" />,{" "}
            {notice.afterStep > 0 ? `resumed after step ${notice.afterStep}` : "started again"}, nothing repeated.
          </>
        ) : (
          <>
            <Moment at={notice.at} style="time" />, you asked {notice.stop === "now" ? "to stop now" : "to finish with what we have"}.
          </>
        )}
      </span>
    </p>
  );
}
