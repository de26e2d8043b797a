import { CornerDownRight, Database } from "lucide-react";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import { providerName } from "#lib/domain/provider-name.ts";
import type { CallView } from "#lib/domain/run-view.ts";
import type { Attempt } from "#lib/domain/tool-details.ts";
import { attemptChains, failuresIn, hasFallback } from "./attempt-chains.ts";
import { failureWords } from "./failure-words.ts";

/** Who answered a call, and who was asked before and could not. */
export function ProviderMarks({ returned }: { returned: NonNullable<CallView["returned"]> }) {
  const failed = new Map(
    attemptChains(returned)
      .flatMap((chain) => failuresIn(chain.attempts))
      .map((attempt) => [attempt.provider, attempt]),
  );
  const name = returned.provider && providerName(returned.provider);
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
