import type { Reply, Script } from "#e2e/support/servers/fake-model/reply.ts";
import { isAgents } from "#e2e/support/servers/fake-model/script-policy.ts";

/** The turns of one lane of IterResearch, but for the number of its lane and round, which every report begins with. */
export type LanePlan = readonly { thought: string; report: string; move: string }[];

/**
 * Speaks as the lanes of a Heavy run over HTTP, where nothing names a lane: the first rounds that arrive get the plans in their order, and each
 * later round is known by the report that its prompt holds. So a lane that is resumed, or that moves to another server, goes on with its plan.
 */
export function lanePolicy(plans: readonly LanePlan[], answers: { synthesis: string; extraction: string }): Script {
  let begun = 0;
  return (request) => {
    if (!isAgents(request)) return text(answers.extraction);
    const user = request.messages[1]?.content ?? "";
    if (!user.startsWith("You work on the question below in rounds")) return text(answers.synthesis);
    const [, lane, round] = /<report>\nLane (\d+), round (\d+)\./.exec(user) ?? [];
    const at = lane === undefined ? { lane: ++begun, round: 0 } : { lane: Number(lane), round: Number(round) };
    const turn = plans[at.lane - 1]?.[at.round];
    if (!turn) return text("<answer>\nThe plan has ended.\n</answer>");
    return text(
      `<think>\n${turn.thought}\n</think>\n<report>\nLane ${at.lane}, round ${at.round + 1}. ${turn.report}\n</report>\n${turn.move}`,
    );
  };
}

const text = (said: string): Reply => ({ kind: "text", text: said });
