import type { AgentRuns } from "./agent-runs.ts";
import { type CheckedDraft, checkByText, checkClaims, withoutChecks } from "./check-claims.ts";
import { type Composed, compose } from "./compose.ts";
import type { RunEnd } from "./end-of.ts";
import type { Journal } from "./journal.ts";
import { isNotOurs, StoppedByReader } from "./not-ours.ts";
import type { Workshop } from "./work.ts";
import type { Draft } from "./write-report.ts";

/** How a run ends, and its report with every citation checked; null where there is nothing to report. */
export interface Made {
  end: RunEnd;
  draft: CheckedDraft | null;
}

export interface ReportRequest {
  shop: Workshop;
  journal: Journal;
  runId: string;
  /** Null: nobody may be asked any more. */
  runs: AgentRuns | null;
  signal: AbortSignal;
  /** Not even the texts are compared: that is what may have ended the worker. */
  unchecked?: boolean;
}

/**
 * Writes the report of a run that has its answer, and checks it. A stop, or a fault of ours, costs what was not done yet and never what there
 * is: the answer stands when writing broke off, the report when checking did. Throws only what means that the run goes on elsewhere.
 */
export async function makeReport(request: ReportRequest, end: RunEnd): Promise<Made> {
  const { end: reached, draft } = await written(request, end);
  return draft ? checked(request, reached, draft) : { end: reached, draft: null };
}

async function written({ shop, journal, runId, runs, signal }: ReportRequest, end: RunEnd): Promise<Composed> {
  if (!runs) return compose(shop, journal, { runId, writer: null }, end);
  try {
    return await compose(shop, journal, { runId, writer: runs.writer() }, end);
  } catch (thrown) {
    const stopped = isStopped(thrown, signal);
    const why = stopped ? "The run was stopped while its report was written." : "Dossier failed while it wrote the report.";
    return compose(shop, journal, { runId, writer: null, why }, stopped ? asStopped(end) : end);
  }
}

async function checked({ shop, runs, signal, unchecked }: ReportRequest, end: RunEnd, draft: Draft): Promise<Made> {
  if (unchecked) return { end, draft: withoutChecks(draft) };
  const judges = runs !== null && shop.judgesClaims === true && shop.model.card.dialect !== "quoting" && end.status === "done";
  if (!judges) return { end, draft: checkByText(draft) };
  try {
    return { end, draft: await checkClaims(draft, runs.judge()) };
  } catch (thrown) {
    const stopped = isStopped(thrown, signal);
    const why = stopped ? "The run was stopped before" : "Dossier failed before";
    const limitation = `${why} a model had compared the sentences with their passages: only the texts were compared.`;
    const kept = checkByText({ ...draft, limitations: [...draft.limitations, limitation] });
    return { end: stopped ? asStopped(end) : end, draft: kept };
  }
}

const asStopped = (end: RunEnd): RunEnd => ({ ...end, status: "stopped", termination: "stopped" });

/** Whether the reader stopped the run; false for a fault of ours, which is told in the worker's log. What is not ours is thrown on. */
function isStopped(thrown: unknown, signal: AbortSignal): boolean {
  const error = signal.aborted ? signal.reason : thrown;
  if (error instanceof StoppedByReader) return true;
  if (isNotOurs(error, signal)) throw error;
  console.error("[worker]", error);
  return false;
}
