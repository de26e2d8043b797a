import type { AgentRun } from "#lib/agents/agent-run.ts";
import { sideBySide } from "#lib/agents/side-by-side.ts";
import { type Written, write } from "#lib/agents/write.ts";
import { laneLimitations, laneOutcomes } from "#lib/domain/lane-outcome.ts";
import { runView } from "#lib/domain/run-view.ts";
import { searchLimitations } from "#lib/domain/search-health.ts";
import { quoteReport } from "#lib/model/quoting/quote-report.ts";
import { cite } from "#lib/reports/cite.ts";
import { citePassages } from "#lib/reports/cite-passages.ts";
import { fromWebWeaver } from "#lib/reports/from-web-weaver.ts";
import { assignmentOf, type Material, materialOf } from "./assignment-of.ts";
import { notBroughtTogether, type RunEnd } from "./end-of.ts";
import { firstOf } from "./first-of.ts";
import type { Journal } from "./journal.ts";
import type { Workshop } from "./work.ts";
import type { Draft } from "./write-report.ts";

/** How a run ends, and the report that is stored with it; null where there is nothing to report. */
export interface Composed {
  end: RunEnd;
  draft: Draft | null;
}

/**
 * The report of a run that has come to its end: what the writer made of its evidence, or the answer as it was given, or what its sources say
 * where there is no answer. `writer` null: nobody may be asked any more, and `why` says so in the report.
 */
export async function compose(
  shop: Workshop,
  journal: Journal,
  { runId, writer, why }: { runId: string; writer: AgentRun | null; why?: string },
  end: RunEnd,
): Promise<Composed> {
  if (end.report === "none") return { end, draft: null };
  const material = await materialOf(shop.sql, runId, journal.events);
  const { rewrite } = firstOf(journal.events, "run-queued");
  const { heavy: plan } = firstOf(material.events, "run-queued");
  // Whatever a Heavy run dies of, what its lanes came to is kept.
  const kept = plan && !rewrite && end.report === "quotes" ? sideBySide(journal.events) : "";
  const answer = end.report === "answer" ? end.answer : kept;
  const limitations = [
    ...(end.limitation ? [end.limitation] : []),
    ...(kept !== "" ? [notBroughtTogether] : []),
    ...(plan ? laneLimitations(plan.lanes, laneOutcomes(material.events)) : []),
    ...searchLimitations(runView(material.events).searchHealth),
  ];
  const isModel = shop.model.card.dialect !== "quoting";
  const kind = isModel ? "answer" : "quotes";
  const writes = writer !== null && isModel && shop.writesReports === true && end.status === "done" && material.sources.length > 0;
  const assignment = writes ? assignmentOf(material, answer, limitations, rewrite?.wishes ?? {}) : null;
  const written: Written = assignment && writer ? await write(writer, assignment) : { ok: false, why: why ?? "" };
  if (assignment && written.ok) {
    const texts = new Map(material.sources.map(({ id, text }) => [id, text]));
    return { end, draft: { material, kind, limitations, ...citePassages(written.markdown, assignment.bank, texts) } };
  }
  const reason = written.ok ? "" : written.why;
  if (rewrite) return { end: notRewritten(end, reason), draft: null };
  if (answer === "") return { end, draft: quotes(material, limitations) };
  const told = reason === "" ? limitations : [...limitations, `${reason} This is the answer as the research gave it.`];
  return { end, draft: { material, kind, limitations: told, ...cite(fromWebWeaver(answer).markdown, material.sources) } };
}

/** The version before stands as it is: a half-written one would be none. */
const notRewritten = (end: RunEnd, why: string): RunEnd => ({
  ...end,
  ...(end.status === "done" && { status: "failed" as const, termination: "answer not found" as const }),
  detail: `${why || "Nothing was written."} The version before stands as it is.`,
});

function quotes(material: Material, limitations: string[]): Draft | null {
  if (material.sources.length === 0) return null;
  return { material, kind: "quotes", limitations, ...cite(quoteReport(material.question, material.sources), material.sources) };
}
