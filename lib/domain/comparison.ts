import type { Finding, Stance } from "./heavy.ts";
import { independentSources } from "./independent-sources.ts";
import { hasContent } from "./lane-outcome.ts";
import type { LaneView } from "./lane-view.ts";
import type { RunView } from "./run-view.ts";
import type { SourceRef } from "./source.ts";

/** A lane's stance to a finding: the word is the synthesis' judgement, `reading` is what the log knows. */
export interface LaneStance {
  lane: number;
  stance: Stance;
  note: string | null;
  /** `some`: it read a source of the finding, or a copy of its text. `none`: it read none. `unknown`: the finding names no source, or nothing is said. */
  reading: "some" | "none" | "unknown";
  /** It left neither report nor answer, so there was nothing of it to judge by. */
  leftNothing: boolean;
}

export interface FindingSource {
  source: SourceRef;
  /** Numbers of the lanes that read it. */
  readBy: readonly number[];
  /** The source of the same finding that it is a copy of, or another reading of. */
  sameAs: SourceRef | null;
}

export interface ComparedFinding {
  text: string;
  verdict: string | null;
  /** One of each lane, by number. */
  stances: readonly LaneStance[];
  sources: readonly FindingSource[];
  /** How many of the sources are not merely copies of another one. */
  independent: number;
  /** Numbers it names that no source of the run has. */
  unknownSources: readonly number[];
}

/** What the synthesis compared, beside what the log knows of it. Empty where it named no findings. */
export type Comparison = readonly ComparedFinding[];

export type Compared = Pick<RunView, "lanes" | "sources" | "rows">;

/** The findings of a synthesis with every lane's stance, and who read what they rest on. */
export function comparisonOf(view: Compared): Comparison {
  const findings = view.lanes.find((lane) => lane.number === null)?.findings ?? [];
  if (findings.length === 0) return [];
  const lanes = view.lanes.flatMap((lane) => (lane.number === null ? [] : [{ ...lane, number: lane.number, read: readingOf(lane, view) }]));
  const byNumber = new Map(view.sources.map((source) => [source.n, source]));
  return findings.map((finding) => compare(finding, lanes, byNumber));
}

type Reader = LaneView & { number: number; read: ReadonlySet<string> };

function compare(finding: Finding, lanes: readonly Reader[], byNumber: ReadonlyMap<number, SourceRef>): ComparedFinding {
  const numbers = [...new Set([...finding.sources, ...marksIn(finding.finding).filter((n) => byNumber.has(n))])];
  const named = numbers.flatMap((n) => byNumber.get(n) ?? []);
  const groups = independentSources(named);
  const isNamed = new Set(named.map(({ id }) => id));
  // Whoever read a copy has read what it is a copy of.
  const copies = new Set(
    independentSources([...byNumber.values()])
      .filter((group) => group.some(({ id }) => isNamed.has(id)))
      .flatMap((group) => group.map(({ id }) => id)),
  );
  return {
    text: withoutMarks(finding.finding, byNumber),
    verdict: finding.verdict ? withoutMarks(finding.verdict, byNumber) : null,
    stances: lanes.map((lane) => stanceOf(lane, finding, named.length > 0 ? copies : null)),
    sources: groups.flatMap((group) =>
      group.map((source, index) => ({
        source,
        readBy: lanes.filter((lane) => lane.read.has(source.id)).map(({ number }) => number),
        sameAs: index === 0 ? null : (group[0] ?? null),
      })),
    ),
    independent: groups.length,
    unknownSources: numbers.filter((n) => !byNumber.has(n)),
  };
}

function stanceOf(lane: Reader, { lanes }: Finding, sources: ReadonlySet<string> | null): LaneStance {
  const said = lanes.find((each) => each.lane === lane.number);
  const stance = said?.stance ?? "silent";
  const reads = sources !== null && [...sources].some((id) => lane.read.has(id));
  return {
    lane: lane.number,
    stance,
    note: said?.note ?? null,
    reading: sources === null || stance === "silent" ? "unknown" : reads ? "some" : "none",
    leftNothing: lane.state === "ended" && !hasContent(lane),
  };
}

/** What a lane read; of the lane it left, what that one had read before it did. */
function readingOf(lane: LaneView, { rows }: Compared): ReadonlySet<string> {
  const { branch } = lane;
  if (!branch) return new Set(lane.sourceIds);
  const before = rows.flatMap((row) =>
    row.kind === "step" && row.lane === branch.lane && row.step < branch.beforeStep
      ? row.calls.flatMap((call) => call.returned?.sourceIds ?? [])
      : [],
  );
  return new Set([...lane.sourceIds, ...before]);
}

const mark = /\s*\[(\d{1,3}(?:, ?\d{1,3}){0,12})\](?!\()/g;
const numbersIn = (marked: string) => marked.split(",").map(Number);
const marksIn = (text: string) => [...text.matchAll(mark)].flatMap(([, numbers = ""]) => numbersIn(numbers));
/** The run's numbers of sources mean nothing beside a report, which counts its own. What is no such number stays. */
const withoutMarks = (text: string, known: ReadonlyMap<number, unknown>) =>
  text.replace(mark, (whole, numbers: string) => (numbersIn(numbers).every((n) => known.has(n)) ? "" : whole)).trim();
