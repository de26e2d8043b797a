import { Disclosure } from "#components/ui/disclosure.tsx";
import { formatDuration } from "#lib/client/format-duration.ts";
import { providerName } from "#lib/domain/provider-name.ts";
import type { CallView } from "#lib/domain/run-view.ts";
import type { Attempt } from "#lib/domain/tool-details.ts";
import { attemptChains } from "./attempt-chains.ts";
import { count } from "./count.ts";
import { failureWords } from "./failure-words.ts";

/** Every provider that was asked, what it came to, and what it took; folded, because mostly one answered at once. */
export function ProvidersAsked({ returned }: { returned: NonNullable<CallView["returned"]> }) {
  const chains = attemptChains(returned).filter(({ attempts }) => attempts.length > 0);
  if (chains.length === 0) return null;
  return (
    <Disclosure className="border-t border-line" summary="Show who was asked">
      <div className="grid gap-2 px-3 pb-2.5">
        {chains.map((chain) => (
          <div key={chain.of ?? "call"}>
            {chain.of !== null && chains.length > 1 && <p className="text-ink-2">{chain.of}</p>}
            <ol className="grid gap-0.5">
              {chain.attempts.map((attempt, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a provider may be asked for several pages of one call
                <Asked key={index} attempt={attempt} />
              ))}
            </ol>
          </div>
        ))}
      </div>
    </Disclosure>
  );
}

function Asked({ attempt }: { attempt: Attempt }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-3 text-xs/5">
      <span>
        <span className="font-medium">{providerName(attempt.provider)}</span>{" "}
        <span className={attempt.ok ? "text-ink-3" : "text-weak"}>{attemptWords(attempt)}</span>
      </span>
      <span className="whitespace-nowrap text-ink-3 tabular-nums">{costWords(attempt)}</span>
    </li>
  );
}

/** What it came to: `answered`, `from the cache`, or why not. */
export function attemptWords(attempt: Attempt): string {
  if (attempt.ok) return attempt.cacheHit ? "from the cache" : "answered";
  const reason = failureWords(attempt.reason ?? "failed");
  return attempt.detail ? `${reason}: ${attempt.detail}` : reason;
}

function costWords({ durationMs, tries = 1, waitedMs = 0, cacheHit }: Attempt): string {
  const parts = [
    ...(tries > 1 ? [count(tries, "try", "tries")] : []),
    ...(waitedMs >= 1_000 ? [`waited ${formatDuration(waitedMs)} for its turn`] : []),
    ...(tries > 0 && !cacheHit ? [formatDuration(durationMs)] : []),
  ];
  return parts.join(", ");
}
