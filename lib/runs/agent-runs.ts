import type { Sql } from "postgres";
import { isOutage } from "#db/is-outage.ts";
import { attachmentBytes } from "#db/queries/attachments.ts";
import { keepFigure } from "#db/queries/figures.ts";
import { keepSource, sourcesNaming } from "#db/queries/sources.ts";
import type { AgentRun } from "#lib/agents/agent-run.ts";
import type { HeavyRun, Writes } from "#lib/agents/heavy-run.ts";
import { budgetSchema } from "#lib/domain/budget.ts";
import { type HeavyPlan, isBranch, numberOf, researcherOf, synthesisLane, timeShares } from "#lib/domain/heavy.ts";
import { judgeLane, writerLane } from "#lib/domain/reporting-lanes.ts";
import { withFindings, withReport } from "#lib/model/dialects/with-section.ts";
import type { Model } from "#lib/model/model.ts";
import { inTurn } from "#lib/std/in-turn.ts";
import { sha256 } from "#lib/std/sha256.ts";
import { storableText } from "#lib/std/storable.ts";
import { wait } from "#lib/std/wait.ts";
import type { PageRead, Tool, ToolContext } from "#lib/tools/tool.ts";
import { type BudgetShare, budgetClock, minutesLeft, wholeBudget } from "./budget-clock.ts";
import { firstOf } from "./first-of.ts";
import type { Journal } from "./journal.ts";
import { retryPolicy } from "./retry-policy.ts";
import { throughOutage } from "./through-outage.ts";
import { visitGate } from "./visit-gate.ts";
import { modelWithFailpoints, toolWithFailpoint } from "./with-failpoints.ts";
import type { Workshop } from "./work.ts";

/** Long after the last sign of a lane: a page may take a minute, a hanging model is given up after two. */
const stallMs = 5 * 60_000;
/** A proxy that restarts is back by then, a model server is not: a lane, its report and the synthesis may each wait so long. */
const finishWaitMs = 30_000;
/** Of the run's tokens, what the lanes may use: the synthesis reads all they wrote. */
const tokensForLanes = 0.85;

/** Of a lane's share, what the first may use before others branch off it: those begin only when it has ended. */
const partBeforeBranches = 0.5;

/** The runs of one claim as agents have them. All share the log, the tools and the numbering of the sources. */
export interface AgentRuns {
  /** The only lane of a Standard run. */
  main(): AgentRun;
  heavy(plan: HeavyPlan): HeavyRun;
  /** The lane that writes the report: no tools, and the model that brings lanes together, where there is one of its own. */
  writer(): AgentRun;
  /** The lane that compares sentences with passages: the run's own model, without tools. */
  judge(): AgentRun;
}

/** `toolSignal` ends what tools began ahead, when the run is over. */
export function agentRuns(
  shop: Workshop,
  journal: Journal,
  runId: string,
  { signal, toolSignal }: { signal: AbortSignal; toolSignal: AbortSignal },
): AgentRuns {
  const queued = firstOf(journal.events, "run-queued");
  const started = firstOf(journal.events, "run-started");
  const budget = budgetSchema.parse(queued.budget);
  const clock = shop.clock ?? (() => new Date());
  const time = { budget, startedAt: started.at, events: journal.events, clock };
  // A worker with more tools than the first one offers what that one did: the prompt begins with it.
  const offered = (tools: Tool[]) => (started.tools ? tools.filter((tool) => started.tools?.includes(tool.name)) : tools);
  const context = toolContext(shop, journal, runId, signal);

  function lane(name: string, model: Model, tools: Tool[], share: BudgetShare, own: AbortSignal): AgentRun {
    return {
      lane: name,
      events: journal.events,
      append: (fact) => journal.append(fact),
      room: () => journal.room(),
      model: modelWithFailpoints(name, model),
      tools: offered(tools).map(toolWithFailpoint),
      toolContext: { ...context, signal: own === signal ? toolSignal : AbortSignal.any([own, toolSignal]) },
      whenFull: queued.whenFull,
      budget: budgetClock({ ...time, model, signal: own, share }),
      retry: shop.retry ?? retryPolicy(),
      finishWaitMs: shop.finishWaitMs ?? finishWaitMs,
      signal: own,
      now,
      wait,
    };
  }
  return {
    main: () => lane("main", shop.model, shop.tools, wholeBudget, signal),
    judge: () => lane(judgeLane, shop.model, [], wholeBudget, signal),
    writer: () => lane(writerLane, writing(shop.synthesisModel ?? shop.model, "report"), [], wholeBudget, signal),
    heavy: (plan) => ({
      plan,
      events: journal.events,
      append: (fact) => journal.append(fact),
      lane(name, { writes, signal: own }) {
        if (name === synthesisLane) return lane(name, writing(shop.synthesisModel ?? shop.model, writes), [], wholeBudget, own);
        const number = numberOf(name) ?? 1;
        const model = shop.laneModel?.(serverKeyOf(plan, number)) ?? shop.model;
        const isFirstOfBranches = plan.partialRollouts && number === 1;
        const part = isFirstOfBranches ? partBeforeBranches : 1;
        const share = { minutes: timeShares.toldToAnswer * part, tokens: tokensForLanes * part };
        const tools = shop.laneTools?.() ?? shop.tools;
        return { ...lane(name, writing(model, writes), tools, share, own), sample: number, ...(isFirstOfBranches && { logprobs: true }) };
      },
      minutes: budget.minutes,
      minutesLeft: () => minutesLeft(time),
      stallMs: shop.stallMs ?? stallMs,
      isFatal: isOutage,
      signal,
      now,
      wait,
    }),
  };
}

const now = () => Math.round(performance.now());

/** Lanes that branch off the first one go where its conversation is in the cache. */
const serverKeyOf = (plan: HeavyPlan, number: number) => researcherOf(isBranch(plan, number) ? 1 : number);

function writing(model: Model, writes: Writes): Model {
  switch (writes) {
    case "report":
      return { ...model, dialect: withReport(model.dialect) };
    case "findings":
      return { ...model, dialect: withFindings(model.dialect) };
    case "nothing":
      return model;
    default:
      return writes satisfies never;
  }
}

function toolContext(shop: Workshop, journal: Journal, runId: string, signal: AbortSignal): Omit<ToolContext, "signal"> {
  const oneByOne = inTurn(); // calls run side by side, and each source takes the next number
  const stored = <T>(attempt: () => Promise<T>) => throughOutage(attempt, signal); // a call that was made is not made again for it
  return {
    keepSource: (page) => oneByOne(() => stored(() => storeSource(shop.sql, runId, page))),
    keepFigure: (figure) => oneByOne(() => stored(() => keepFigure(shop.sql, runId, { ...figure, name: storableText(figure.name) }))),
    mayVisit: visitGate({
      events: journal.events,
      ownHosts: shop.ownHosts ?? [],
      pagesNaming: (address) => stored(() => sourcesNaming(shop.sql, runId, address)),
    }),
    attachments: firstOf(journal.events, "run-queued").attachments,
    bytesOf: ({ id }) => stored(() => attachmentBytes(shop.sql, id)),
  };
}

async function storeSource(sql: Sql, runId: string, page: PageRead) {
  const text = storableText(page.text);
  const stored = await keepSource(sql, runId, { ...page, title: storableText(page.title), text, hash: sha256(text) });
  const { text: _, runId: __, ...ref } = stored;
  return ref;
}
