import Link from "next/link";
import type { ComparedFinding, Comparison, FindingSource } from "#lib/domain/comparison.ts";
import type { Stance } from "#lib/domain/heavy.ts";
import { independentWords } from "./agreement-words.ts";
import type { ComparisonPlace } from "./comparison-place.ts";
import { LaneLinks } from "./lane-links.tsx";

/** Each conclusion with the lanes that hold it, and its sources with the lanes that read them. */
export function RestsOn({ comparison, place }: { comparison: Comparison; place: ComparisonPlace }) {
  return (
    <ol className="grid gap-4">
      {comparison.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings come all at once, and two may have the same words
        <li key={index}>
          <p className="font-serif text-lg text-pretty">{finding.text}</p>
          <Holders finding={finding} place={place} />
          {finding.sources.length === 0 || finding.unknownSources.length > 0 ? (
            <p className="text-ink-2 first-letter:uppercase">{independentWords(finding)}.</p>
          ) : null}
          <ul className="mt-1 grid gap-1">
            {finding.sources.map((source) => (
              <SourceRow key={source.source.id} source={source} place={place} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

const said: readonly [Stance, one: string, more: string][] = [
  ["agrees", "agrees", "agree"],
  ["partly", "agrees in part", "agree in part"],
  ["differs", "differs", "differ"],
];

function Holders({ finding: { stances }, place }: { finding: ComparedFinding; place: ComparisonPlace }) {
  const held = said.flatMap(([stance, one, more]) => {
    const lanes = stances.filter((each) => each.stance === stance).map(({ lane }) => lane);
    return lanes.length === 0 ? [] : [{ stance, lanes, verb: lanes.length === 1 ? one : more }];
  });
  return (
    <p className="text-ink-2">
      {held.length === 0 && "No lane says anything of it."}
      {held.map(({ stance, lanes, verb }, index) => (
        <span key={stance} className="inline-block first:first-letter:uppercase">
          <LaneLinks lanes={lanes} place={place} /> {verb}
          {index === held.length - 1 ? "." : ";\u00A0"}
        </span>
      ))}
    </p>
  );
}

function SourceRow({ source: { source, readBy, sameAs }, place }: { source: FindingSource; place: ComparisonPlace }) {
  const n = place.numberOf(source);
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-2">
      <span className="text-right text-ink-3 tabular-nums">{n ?? "–"}</span>
      <span className="min-w-0">
        <Link className="font-medium text-ink hover:text-accent" href={place.sourceHref(source)}>
          {source.title || source.url}
        </Link>
        <span className="ml-2 text-xs text-ink-3">
          <span className="[overflow-wrap:anywhere]">{source.site}</span>
          {n === null && ", not cited"}
          {sameAs !== null && `, a copy of ${place.numberOf(sameAs) === null ? sameAs.site : `source ${place.numberOf(sameAs)}`}`},{" "}
          {readBy.length === 0 ? "read by no lane" : <ReadBy lanes={readBy} place={place} />}
        </span>
      </span>
    </li>
  );
}

const ReadBy = ({ lanes, place }: { lanes: readonly number[]; place: ComparisonPlace }) => (
  <>
    read by <LaneLinks lanes={lanes} place={place} />
  </>
);
