import type { CallView } from "#lib/domain/run-view.ts";
import { queriesOf } from "./call-shape.ts";
import { count } from "./count.ts";
import { failureWords } from "./failure-words.ts";
import { providerName } from "./provider-marks.tsx";

export function QueriesAsked({ call }: { call: CallView }) {
  const details = call.returned?.details;
  const answered = details?.kind === "search" ? details.queries : [];
  const providers = new Set(answered.flatMap((query) => query.provider ?? []));
  const queries =
    answered.length > 0 ? answered : queriesOf(call).map((query) => ({ query, provider: null, hits: null, failure: undefined }));
  return (
    <ul className="grid gap-0.75 px-3 pb-2" aria-label="Queries">
      {queries.map((query) => (
        <li key={query.query} className="grid grid-cols-[minmax(0,1fr)_auto] gap-3 text-ink-2">
          <span>{query.query}</span>
          <span className="text-xs/5 whitespace-nowrap text-ink-3 tabular-nums">
            {query.failure ? (
              <span className="text-weak">{failureWords(query.failure)}</span>
            ) : (
              query.hits && count(query.hits.length, "result")
            )}
            {providers.size > 1 && query.provider && `, ${providerName(query.provider)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
