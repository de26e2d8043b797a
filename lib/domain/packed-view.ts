import type { CallView, NoticeView, RunView, StepView } from "./run-view.ts";

type Returned = NonNullable<CallView["returned"]>;
type PackedCall = Omit<CallView, "returned"> & { returned: Partial<Returned> | null };
export type PackedStep = Partial<Omit<StepView, "calls">> &
  Pick<StepView, "kind" | "lane" | "step" | "startedAt"> & { calls?: readonly PackedCall[] };

/** A view as a page brings it along. */
export type PackedView = Omit<RunView, "rows"> & { rows: readonly (PackedStep | NoticeView)[] };

const blankStep = {
  state: "ended",
  thought: "",
  answer: "",
  report: "",
  summary: null,
  move: null,
  forced: null,
  writes: null,
  reportMissing: null,
  repeatOf: null,
  failures: [],
  silence: null,
  thinkingMs: null,
  durationMs: null,
} satisfies Partial<StepView>;

const blankReturned = { provider: null, attempts: [], cacheHit: false, sourceIds: [] } satisfies Partial<Returned>;

/**
 * Leaves out of every step what it does not have. A run of 10,000 events has thousands of steps, of which a folded one is a line, and the page
 * brings all of them along: it is a third of the size.
 */
export const packedView = (view: RunView): PackedView => ({
  ...view,
  rows: view.rows.map((row) => (row.kind === "step" ? packedStep(row) : row)),
});

/** The same view again. */
export const unpackedView = (view: PackedView): RunView => ({
  ...view,
  rows: view.rows.map((row) => (row.kind === "step" ? unpackedStep(row) : row)),
});

function packedStep({ kind, key: _, lane, step, startedAt, calls, ...rest }: StepView): PackedStep {
  const given = withoutBlanks(rest, blankStep);
  if (calls.length === 0) return { kind, lane, step, startedAt, ...given };
  return { kind, lane, step, startedAt, ...given, calls: calls.map(packedCall) };
}

function packedCall({ returned, ...call }: CallView): PackedCall {
  if (!returned) return { ...call, returned };
  const { outcome, details, provider, attempts, cacheHit, durationMs, sourceIds, flags } = returned; // the event it comes from has more
  const kept = { provider, attempts, cacheHit, sourceIds };
  return { ...call, returned: { outcome, details, durationMs, ...(flags && { flags }), ...withoutBlanks(kept, blankReturned) } };
}

const unpackedStep = ({ calls = [], ...step }: PackedStep): StepView => ({
  ...blankStep,
  ...step,
  key: `${step.lane}:${step.step}`,
  calls: calls.map(({ returned, ...call }) => ({ ...call, returned: returned && ({ ...blankReturned, ...returned } as Returned) })),
});

/** Without the fields that have nothing in them, as `blanks` says what nothing is. */
function withoutBlanks<T extends object>(given: T, blanks: Partial<Record<keyof T, unknown>>): Partial<T> {
  const isBlank = ([key, value]: [string, unknown]) => {
    const blank = blanks[key as keyof T];
    return value === blank || (Array.isArray(value) && value.length === 0 && Array.isArray(blank));
  };
  return Object.fromEntries(Object.entries(given).filter((entry) => !isBlank(entry))) as Partial<T>;
}
