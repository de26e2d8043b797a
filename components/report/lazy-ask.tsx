import { lazy, Suspense } from "react";

/** The conversation brings the chat's and the Markdown's code: neither is fetched before it is opened. */
const AskReport = lazy(async () => ({ default: (await import("#components/ask-report/ask-report.tsx")).AskReport }));

export const LazyAsk = () => (
  <Suspense fallback={<p className="py-8 text-center text-ink-3">Opening</p>}>
    <AskReport />
  </Suspense>
);
