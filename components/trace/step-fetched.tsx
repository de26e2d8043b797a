"use client";

import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { sayRefusal } from "#lib/client/say-refusal.ts";

/** Stands in an opened step until the rest of it has arrived. */
export function StepFetched({ complete }: { complete: () => Promise<void> }) {
  const [problem, setProblem] = useState<string | null>(null);
  const fetchIt = () => {
    setProblem(null);
    complete().catch((error: unknown) => setProblem(sayRefusal(error)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the step is opened; a failure offers another try
  useEffect(fetchIt, []);
  if (problem === null) return <p className="pt-1 text-ink-3">Fetching this step</p>;
  return (
    <p role="alert" className="flex flex-wrap items-center gap-2 pt-1 text-unsupported">
      {problem} <Button onClick={fetchIt}>Try again</Button>
    </p>
  );
}
