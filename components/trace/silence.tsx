"use client";

import { Clock } from "lucide-react";
import { icon } from "#components/ui/icon.ts";
import { useNow } from "#lib/client/clock.tsx";
import type { SilenceView } from "#lib/domain/run-view.ts";
import { silenceWords } from "./silence-words.ts";

/** Nothing comes from the model: for how long, and what it is busy with. */
export function Silence({ silence }: { silence: SilenceView }) {
  const now = useNow();
  return (
    <p className="mb-2.5 flex gap-2 rounded-control bg-weak-soft px-3 py-2 text-ink tabular-nums">
      <Clock {...icon} className="mt-0.5 shrink-0 text-weak" />
      {silenceWords(silence, now)}
    </p>
  );
}
