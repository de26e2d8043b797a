import type { Reply, Script } from "./reply.ts";
import type { ChatRequest } from "./wire.ts";

/** How many turns of the model a conversation holds: what a resumed one goes on from. */
export const turnOf = ({ messages }: ChatRequest) => messages.filter((message) => message.role === "assistant").length;

/** A request of the agent, as opposed to one that takes something out of a page. */
export const isAgents = ({ messages }: ChatRequest) => messages[0]?.role === "system";

export interface ScriptPolicyOptions {
  /** The reply to requests without a system prompt. */
  extraction?: Reply | string;
  /** The reply to a turn that the script does not hold. */
  otherwise?: Reply | string;
}

/** Says its turns by the number of those already in the conversation, so that a run that is resumed goes on where it stopped. */
export function scriptPolicy(turns: readonly (Reply | string)[], options: ScriptPolicyOptions = {}): Script {
  return (request) => {
    if (options.extraction !== undefined && !isAgents(request)) return toReply(options.extraction);
    return toReply(turns[turnOf(request)] ?? options.otherwise ?? "<answer>The script has ended.</answer>");
  };
}

const toReply = (reply: Reply | string): Reply => (typeof reply === "string" ? { kind: "text", text: reply } : reply);
