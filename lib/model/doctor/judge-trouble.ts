import { isContextOverflow } from "#lib/model/chat-chunk.ts";
import { loadOf } from "#lib/model/server-load.ts";
import type { Conversation } from "./converse.ts";
import type { Finding } from "./finding.ts";
import { paceOf } from "./judge-stream.ts";
import { launchLine } from "./lines-to-copy.ts";
import type { ModelServer } from "./model-server.ts";
import { saySilence } from "./say-silence.ts";

/** What it means that a completion did not come to its end. */
export async function judgeTrouble(server: ModelServer, conversation: Exclude<Conversation, { kind: "heard" }>): Promise<Finding> {
  switch (conversation.kind) {
    case "silent":
      return saySilence(server, conversation);
    case "broken":
      return { state: "mend", says: `A completion fails: ${conversation.problem}.` };
    case "refused":
      return judgeRefusal(server, conversation);
    case "late":
      return conversation.heard.firstMs === null ? judgeHang(server) : judgeSlow(server, conversation.heard);
    default:
      return conversation satisfies never;
  }
}

function judgeRefusal(server: ModelServer, { status, message }: Conversation & { kind: "refused" }): Finding {
  const reply = `${status}${message ? `, “${message}”` : ""}`;
  if (status === 401 || status === 403)
    return mend(
      `It lists its models, but refuses the key for completions (${reply}).`,
      "Set a key that may ask for completions:",
      `${server.setting}_API_KEY=the-key-of-that-server`,
    );
  if (status === 429) return { state: "limited", says: `It takes no more requests at the moment (${reply}).` };
  if (/chat template/i.test(message))
    return mend(
      `The model has no chat template (${reply}).`,
      "Start vLLM with the template of the model:",
      "--chat-template /path/to/template.jinja",
    );
  if (isContextOverflow(message)) return { state: "mend", says: `Not even a short question fits into its window (${reply}).` };
  if (status === 404)
    return mend(`It lists its models, but has no chat completions (${reply}).`, "Start the model as one that chats:", launchLine(server));
  if (status >= 500) return mend(`A completion fails (${reply}).`, "Look at its log, then start it again:", launchLine(server));
  return { state: "mend", says: `It refuses a completion (${reply}).` };
}

async function judgeHang(server: ModelServer): Promise<Finding> {
  const load = await loadOf(server.url);
  if (load && load.running + load.waiting > 0)
    return {
      state: "limited",
      says: `It is busy: nothing came within ${server.patience.talkMs / 1000} s, while ${load.running} requests ran and ${load.waiting} waited.`,
      facts: [`running ${load.running}`, `waiting ${load.waiting}`],
    };
  return mend(
    `It takes a request and sends nothing for ${server.patience.talkMs / 1000} s.`,
    "Look at its log, then start it again:",
    launchLine(server),
  );
}

const judgeSlow = (server: ModelServer, heard: (Conversation & { kind: "late" })["heard"]): Finding => ({
  state: "limited",
  says: `It is slow: a short answer was not finished after ${server.patience.talkMs / 1000} s.`,
  facts: paceOf(heard),
});

const mend = (says: string, what: string, lines: string): Finding => ({ state: "mend", says, mend: [{ what, lines, takeAway: [] }] });
