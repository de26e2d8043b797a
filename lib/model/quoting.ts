import { compressRules, museRules } from "#lib/domain/muse-rules.ts";
import { synthesisRules } from "#lib/domain/synthesis-rules.ts";
import { workspaceRules } from "#lib/domain/workspace-rules.ts";
import { compressRecord } from "./quoting/compress-record.ts";
import { decide } from "./quoting/decide.ts";
import { type Message, readConversation } from "./quoting/read-conversation.ts";
import { readSynthesis } from "./quoting/read-synthesis.ts";
import { readWorkspace } from "./quoting/read-workspace.ts";
import { roundReport } from "./quoting/round-report.ts";
import { aggregate, synthesize } from "./quoting/synthesize.ts";
import { turnText } from "./quoting/turn-text.ts";

/**
 * The built-in policy that answers without a language model: search, read, follow what was read to the next search, then quote. It speaks
 * the dialect of the real model and sees only the conversation, so the same messages always give the same turn. It knows no question,
 * no corpus and no site. It takes every part in Heavy mode, known by the rules that its prompt begins with: one of several lanes, told apart
 * by `sample`; the report on a lane's record; what brings the lanes together.
 */
export function quotingReply(messages: readonly Message[], sample = 1): string {
  const asked = messages.find((message) => message.role === "user")?.content ?? "";
  if (asked.startsWith(synthesisRules)) return synthesize(readSynthesis(asked.slice(synthesisRules.length)));
  if (asked.startsWith(museRules)) return aggregate(readSynthesis(asked.slice(museRules.length)));
  if (asked.startsWith(compressRules)) return compressRecord(asked.slice(compressRules.length));
  if (!asked.startsWith(workspaceRules)) return turnText(decide(readConversation(messages), sample));
  const workspace = readWorkspace(messages);
  const decision = decide(workspace.conversation, sample);
  return turnText({ ...decision, section: { name: "report", text: roundReport(workspace, decision) } });
}
