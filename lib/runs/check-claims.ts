import type { AgentRun } from "#lib/agents/agent-run.ts";
import { judge } from "#lib/agents/judge.ts";
import type { Citation } from "#lib/domain/citation.ts";
import type { Source } from "#lib/domain/source.ts";
import { type ClaimCheck, claimChecker } from "#lib/reports/verify/check-claim.ts";
import { judgeBatches, judgePrompt, type Pair } from "#lib/reports/verify/judge-prompt.ts";
import { readVerdicts } from "#lib/reports/verify/read-verdicts.ts";
import { settle } from "#lib/reports/verify/settle.ts";
import { sha256 } from "#lib/std/sha256.ts";
import type { Draft } from "./write-report.ts";

/** More pairs than this are not put to a model: twelve questions take as long as the report took to write. */
const mostJudged = 96;

/** A draft whose citations have their statuses, and the model that judged those that the texts alone could not settle; null where none did. */
export interface CheckedDraft extends Draft {
  judge: string | null;
}

/** What the comparison of the texts alone gives: quoted, weak, unsupported, or not checked. */
export const checkByText = (draft: Draft): CheckedDraft => settled(draft, checksOf(draft), new Map());

/** Nothing was compared, and every citation says so. */
export const withoutChecks = (draft: Draft): CheckedDraft => ({
  ...draft,
  judge: null,
  citations: draft.citations.map((citation) => ({
    ...citation,
    status: "unchecked",
    reason: "Nothing was compared: the worker had ended over this report before.",
  })),
});

/**
 * Checks every citation of a draft: first the texts against each other, then, where they do not settle it, a model that is shown sentence and
 * passage. Its verdict is bound to the citation it was asked about, and lifts none above what the texts allow.
 */
export async function checkClaims(draft: Draft, run: AgentRun): Promise<CheckedDraft> {
  const checks = checksOf(draft);
  const open = draft.citations.flatMap((citation, index) => {
    const check = checks[index];
    return check && check.status !== "quoted" ? [{ index, pair: pairOf(citation, check, index, draft) }] : [];
  });
  // Where the texts already found something amiss, a verdict can change least.
  const asked = open.toSorted((one, other) => rank(checks[one.index]) - rank(checks[other.index])).slice(0, mostJudged);
  const batches = judgeBatches(asked.toSorted((one, other) => one.index - other.index).map(({ pair }) => pair));
  const { said, why } = await judge(
    run,
    batches.map((pairs) => {
      const messages = judgePrompt(pairs);
      return { id: sha256(JSON.stringify(messages)), messages, claims: pairs.length };
    }),
  );
  const verdicts = new Map(
    batches.flatMap((pairs, index) => [
      ...readVerdicts(
        said[index] ?? "",
        pairs.map(({ id }) => id),
      ),
    ]),
  );
  const missing = why === null ? [] : [`Not every sentence was compared with its passage by a model: ${why}.`];
  const checked = settled({ ...draft, limitations: [...draft.limitations, ...missing] }, checks, verdicts);
  return { ...checked, judge: verdicts.size > 0 ? run.model.card.name : null };
}

const rank = (check: ClaimCheck | null | undefined) => (check?.ceiling === "supported" ? 0 : 1);
const idOf = (index: number) => `c${index + 1}`;

function checksOf({ citations, material }: Draft): (ClaimCheck | null)[] {
  const sources = new Map(material.sources.map((source) => [source.id, source]));
  const checkers = new Map<string, ReturnType<typeof claimChecker>>();
  return citations.map(({ sourceId, claim, passage }) => {
    const source = sources.get(sourceId);
    if (!source) return null;
    const checker = checkers.get(sourceId) ?? claimChecker(source);
    checkers.set(sourceId, checker);
    return checker(claim, passage);
  });
}

function pairOf({ claim, passage, sourceId }: Citation, check: ClaimCheck, index: number, { material }: Draft): Pair {
  const title = material.sources.find((source: Source) => source.id === sourceId)?.title ?? "";
  return { id: idOf(index), claim, passage: passage.text, title, ...(check.status !== "unchecked" && { note: check.reason }) };
}

function settled(
  draft: Draft,
  checks: readonly (ClaimCheck | null)[],
  verdicts: ReadonlyMap<string, Parameters<typeof settle>[2]>,
): CheckedDraft {
  const citations = draft.citations.map((citation, index) => {
    const check = checks[index];
    return check ? settle(citation, check, verdicts.get(idOf(index)) ?? null) : citation;
  });
  return { ...draft, citations, judge: null };
}
