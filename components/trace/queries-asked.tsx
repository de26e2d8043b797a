import { providerName } from "#lib/domain/provider-name.ts";
import type { CallView } from "#lib/domain/run-view.ts";
import type { ToolDetails } from "#lib/domain/tool-details.ts";
import { queriesOf } from "./call-shape.ts";
import { count } from "./count.ts";
import { failureWords } from "./failure-words.ts";

export function QueriesAsked({ call }: { call: CallView }) {
  const details = call.returned?.details;
  const answered = details ? answeredIn(details) : [];
  const providers = new Set(answered.flatMap((query) => query.provider ?? []));
  const queries =
    answered.length > 0 ? answered : queriesOf(call).map((query) => ({ query, provider: null, found: null, failure: undefined }));
  return (
    <ul className="grid gap-0.75 px-3 pb-2" aria-label="Queries">
      {queries.map((query) => (
        <li key={query.query} className="grid grid-cols-[minmax(0,1fr)_auto] gap-3 text-ink-2">
          <span>{query.query}</span>
          <span className="text-xs/5 whitespace-nowrap text-ink-3 tabular-nums">
            {query.failure ? (
              <span className="text-weak">{failureWords(query.failure)}</span>
            ) : (
              query.found !== null && count(query.found, call.tool === "search" ? "result" : "paper")
            )}
            {providers.size > 1 && query.provider && `, ${providerName(query.provider)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function answeredIn(details: ToolDetails) {
  if (details.kind === "search") return details.queries.map(({ hits, ...query }) => ({ ...query, found: hits.length }));
  if (details.kind === "scholar") return details.queries.map(({ papers, ...query }) => ({ ...query, found: papers.length }));
  return [];
}
