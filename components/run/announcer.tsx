"use client";

import { useEffect, useRef, useState } from "react";
import { hasRunEnded, type RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { endWords, newsWords } from "./run-words.ts";

const quietMs = 5_000;

/** Speaks what a run does, at most once in five seconds, the latest wins; its end is an alert. Streamed text is never spoken. */
export function Announcer({ run }: { run: RunStore }) {
  const words = useRunPart(run, (view) => (hasRunEnded(view) ? "" : newsWords(view)));
  const end = useRunPart(run, (view) =>
    hasRunEnded(view) && !hasRunEnded(run.atRender) ? `${endWords(view).tag}. ${endWords(view).words}` : "",
  );
  const [spoken, setSpoken] = useState("");
  const last = useRef(0);

  useEffect(() => {
    const wait = Math.max(0, last.current + quietMs - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSpoken(words);
    }, wait);
    return () => clearTimeout(timer);
  }, [words]);

  return (
    <>
      <p role="status" className="sr-only">
        {spoken}
      </p>
      <p role="alert" className="sr-only">
        {end}
      </p>
    </>
  );
}
