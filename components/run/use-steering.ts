import { useState } from "react";
import { resumeRun, stopRun } from "#lib/client/api.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import type { RunView } from "#lib/domain/run-view.ts";

export type Asked = "now" | "finish" | "pause" | "resume";

/** What the reader asked of a run, by its log or, until that tells, by what was pressed here. */
export interface Steering {
  asked: Asked | null;
  /** It ends with an answer from what there is, whatever else is asked of it. */
  finishes: boolean;
  problem: string | null;
  pause: () => void;
  resume: () => void;
  finish: () => void;
  stopNow: () => void;
}

export function useSteering(run: RunStore, view: RunView): Steering {
  const [sent, setSent] = useState<{ what: Asked; while: RunView["status"] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const told = view.rows.flatMap((row) => (row.kind === "notice" && row.notice === "stop-requested" ? [row.stop] : []));
  // A pause and a resume are answered by the run's state; what was pressed in another one is over.
  const isAnswered = sent?.what === "pause" || sent?.what === "resume" ? sent.while !== view.status : false;
  const pressed = isAnswered ? null : (sent?.what ?? null);
  const asked = told.includes("now") ? "now" : (pressed ?? (told.includes("finish") && view.status === "running" ? "finish" : null));

  const ask = async (what: Asked, request: () => Promise<unknown>) => {
    setSent({ what, while: view.status });
    setProblem(null);
    try {
      await request();
    } catch (error) {
      setSent(null);
      setProblem(sayRefusal(error));
    }
  };
  const end = (kind: "now" | "finish") => {
    run.noteStop();
    void ask(kind, () => stopRun(run.runId, kind));
  };
  return {
    asked,
    finishes: told.includes("finish") || pressed === "finish",
    problem,
    pause: () => void ask("pause", () => stopRun(run.runId, "pause")),
    resume: () => void ask("resume", () => resumeRun(run.runId)),
    finish: () => end("finish"),
    stopNow: () => end("now"),
  };
}
