/** Where the estimates come from, and that none of them binds. */
export function EstimateNote({ runs }: { runs: number }) {
  return (
    <p className="text-ink-3 tabular-nums">
      {runs > 0 && `Estimates are the middle half of the last ${runs} runs on this server. `}
      You can stop at any time and keep what was found.
    </p>
  );
}
