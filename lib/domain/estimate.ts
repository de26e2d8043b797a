/** What a run that has ended took: minutes of work, and prompt and completion tokens together. `lanes`: of a Heavy run; null of a Standard one. */
export interface PastRun {
  lanes: number | null;
  minutes: number;
  tokens: number;
}

/** What a mode takes: the middle half of the minutes, and the middle of the tokens; 0 tokens where no language model is at work. */
export interface Cost {
  minutes: { low: number; high: number };
  tokens: number;
}

export interface Estimates {
  /** Null: too few runs to say. */
  standard: Cost | null;
  /** Tokens are those of one lane. `reckoned`: from Standard runs, since there are too few Heavy ones. */
  heavy: (Cost & { reckoned: boolean }) | null;
  /** The runs that these figures come from. */
  runs: number;
}

/** Below this the middle half is chance. */
export const fewestRuns = 5;

/** What the next run will take, from what the runs before it took. */
export function estimatesOf(past: readonly PastRun[]): Estimates {
  const standardRuns = past.filter((run) => run.lanes === null);
  const heavyRuns = past.filter((run) => run.lanes !== null);
  const standard = costOf(standardRuns);
  const heavy = costOf(heavyRuns);
  return {
    standard,
    heavy: heavy ? { ...heavy, reckoned: false } : standard && { ...standard, reckoned: true },
    runs: (standard ? standardRuns.length : 0) + (heavy ? heavyRuns.length : 0),
  };
}

function costOf(runs: readonly PastRun[]): Cost | null {
  if (runs.length < fewestRuns) return null;
  const minutes = runs.map((run) => run.minutes).toSorted(ascending);
  const tokens = runs.map((run) => run.tokens / (run.lanes ?? 1)).toSorted(ascending);
  return { minutes: { low: quantile(minutes, 0.25), high: quantile(minutes, 0.75) }, tokens: quantile(tokens, 0.5) };
}

const ascending = (one: number, other: number) => one - other;

/** With straight lines between the values, as Postgres' `percentile_cont`. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place % 1);
}

export const noEstimate = "no estimate yet";

export const standardWords = ({ standard }: Estimates): string =>
  standard ? wordsOf(minutesWords(standard), standard.tokens) : noEstimate;

/** Lanes work side by side: more of them take more tokens, not more time. */
export function heavyWords({ heavy }: Estimates, lanes: number): string {
  if (!heavy) return noEstimate;
  const minutes = minutesWords(heavy);
  // A synthesis follows the lanes, which no Standard run has.
  return heavy.reckoned
    ? `${wordsOf(`${minutes} or longer`, heavy.tokens * lanes)}, reckoned from Standard runs`
    : wordsOf(minutes, heavy.tokens * lanes);
}

const wordsOf = (minutes: string, tokens: number) => (tokens === 0 ? minutes : `${minutes} · ${tokensWords(tokens)}`);

function minutesWords({ minutes }: Cost): string {
  const low = Math.round(minutes.low);
  const high = Math.ceil(minutes.high);
  if (low === 0) return high <= 1 ? "up to 1 min" : `up to ${high} min`;
  return low >= high ? `${high} min` : `${low}–${high} min`;
}

/** Two digits that count: the next run is no nearer to the last ones than that. */
function tokensWords(tokens: number): string {
  const rounded = Number(tokens.toPrecision(2));
  if (rounded < 1_000) return "under 1 k tokens";
  const words = rounded < 1_000_000 ? `${rounded / 1_000} k` : `${(rounded / 1_000_000).toLocaleString("en")} M`;
  return `about ${words} tokens`;
}
