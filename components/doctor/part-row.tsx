import { formatDuration } from "#lib/client/format-duration.ts";
import type { CheckedPart } from "#lib/domain/check-up.ts";
import type { PlannedPart } from "./doctor-words.ts";
import { MendingBlock } from "./mending-block.tsx";
import { StateTag } from "./state-tag.tsx";

/** One outside part. While it is being asked the row has its place already, so that nothing moves when the answer comes. */
export function PartRow({ part }: { part: PlannedPart | CheckedPart }) {
  const found = "state" in part ? part : null;
  return (
    <li className="grid min-h-20 grid-cols-[minmax(0,1fr)_auto] content-start gap-x-3.5 gap-y-0.5 border-line px-4 py-2.75 not-first:border-t sm:grid-cols-[5.25rem_minmax(0,1fr)_auto]">
      <div>
        <StateTag state={found?.state ?? null} />
      </div>
      <div className="min-w-0 max-sm:col-span-2 max-sm:row-start-2 max-sm:mt-1">
        <h3 className="font-medium [overflow-wrap:anywhere]">{part.name}</h3>
        <p className="max-w-160 text-ink-2 [overflow-wrap:anywhere]">{found ? found.says : "Being asked."}</p>
        {found && found.facts.length > 0 && <Facts facts={found.facts} />}
        {found?.mend.map((mending) => (
          <MendingBlock key={mending.lines} mending={mending} of={part.name} />
        ))}
      </div>
      <p className="text-xs/5 whitespace-nowrap text-ink-3 tabular-nums">
        {found && found.durationMs > 0 ? tookWords(found.durationMs) : ""}
      </p>
    </li>
  );
}

function Facts({ facts }: { facts: readonly string[] }) {
  return (
    <ul className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-3 tabular-nums">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

const tookWords = (milliseconds: number) => (milliseconds < 100 ? `${milliseconds} ms` : formatDuration(milliseconds));
