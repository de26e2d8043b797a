import { Check, Minus, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "#components/ui/cx.ts";
import { smallIcon } from "#components/ui/icon.ts";
import type { LaneStance } from "#lib/domain/comparison.ts";
import type { Stance } from "#lib/domain/heavy.ts";
import { stanceCaveat } from "./agreement-words.ts";

const looks: Record<Stance, { icon: ReactNode; tone: string }> = {
  agrees: { icon: <Check {...smallIcon} />, tone: "text-ink" },
  partly: { icon: <span className="status-weak status-mark" aria-hidden="true" />, tone: "text-ink-2" },
  differs: { icon: <X {...smallIcon} />, tone: "text-unsupported" },
  silent: { icon: <Minus {...smallIcon} />, tone: "text-ink-3" },
};

/** What a lane holds of a finding, as icon and word, in no colour of a checked citation but for the warning where lanes differ; under it what the log knows and the word would hide. */
export function StanceMark({ stance, sources }: { stance: LaneStance; sources: number }) {
  const { icon, tone } = looks[stance.stance];
  const caveat = stanceCaveat(stance, sources);
  return (
    <>
      <span className={cx("inline-flex items-start gap-1.25 align-top text-xs/4.5 @max-3xl:py-0.75 [&>:first-child]:mt-0.75", tone)}>
        {icon}
        <span>
          {stance.stance}
          {stance.note && `, ${stance.note}`}
        </span>
      </span>
      {caveat && (
        <span className={cx("flex items-start gap-1.25 text-2xs/4 text-balance", stance.stance === "silent" ? "text-ink-3" : "text-ink-2")}>
          {stance.stance !== "silent" && <TriangleAlert {...smallIcon} className="mt-0.5 shrink-0 text-weak" />}
          <span className={stance.stance === "silent" ? "pl-4.5" : undefined}>{caveat}</span>
        </span>
      )}
    </>
  );
}
