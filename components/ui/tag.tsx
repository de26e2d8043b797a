import type { ReactNode } from "react";
import { cx } from "./cx.ts";

const tones = {
  plain: "bg-sunken text-ink-2",
  line: "text-ink-2 font-normal inset-ring inset-ring-line",
  live: "bg-accent-soft text-accent",
  good: "bg-quoted-soft text-quoted",
  warn: "bg-weak-soft text-weak",
  bad: "bg-unsupported-soft text-unsupported",
} as const;
export type Tone = keyof typeof tones;

export function Tag({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={cx("inline-flex items-center gap-1.25 rounded-mark px-1.75 py-px text-xs/4.5 font-medium", tones[tone])}>
      {children}
    </span>
  );
}
