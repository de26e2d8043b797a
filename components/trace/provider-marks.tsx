import { CornerDownRight, Database } from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { CallView } from "#lib/domain/run-view.ts";
import type { Attempt } from "#lib/domain/tool-details.ts";
import { failureWords } from "./failure-words.ts";
import { hasFallback } from "./step-marks.ts";

const names: Record<string, string> = {
  searxng: "SearXNG",
  wikipedia: "Wikipedia",
  corpus: "Collection",
  web: "Web",
  "web-page": "Direct fetch",
  direct: "Direct fetch",
};
export const providerName = (provider: string | null): string | null => (provider === null ? null : (names[provider] ?? provider));

/** Who answered a call, and who was asked before and could not. */
export function ProviderMarks({ returned }: { returned: NonNullable<CallView["returned"]> }) {
  const chains = returned.details.kind === "search" ? returned.details.queries.map((query) => query.attempts) : [returned.attempts];
  const failed = new Map(
    chains
      .flat()
      .filter((attempt) => !attempt.ok)
      .map((attempt) => [attempt.provider, attempt]),
  );
  const name = providerName(returned.provider);
  return (
    <>
      {name && !hasFallback(returned) && <Tag tone="line">{name}</Tag>}
      {hasFallback(returned) && (
        <Tag tone="warn">
          <CornerDownRight {...smallIcon} />
          fallback: {name}, {[...failed.values()].map(attemptWords).join(", ")}
        </Tag>
      )}
      {returned.cacheHit && (
        <Tag tone="line">
          <Database {...smallIcon} />
          from cache
        </Tag>
      )}
    </>
  );
}

const attemptWords = (attempt: Attempt) =>
  `${providerName(attempt.provider)}: ${attempt.detail ?? failureWords(attempt.reason ?? "failed")}`;
