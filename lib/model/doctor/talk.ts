import { z } from "zod";
import { toolPrompt } from "#lib/model/dialects/tongyi-prompt.ts";
import { isTongyi } from "#lib/model/is-tongyi.ts";
import type { Tool } from "#lib/tools/tool.ts";
import { type Conversation, converse, type Heard } from "./converse.ts";
import type { Finding } from "./finding.ts";
import { callMending, judgeNative, leavesCalls } from "./judge-native.ts";
import { judgeStream } from "./judge-stream.ts";
import { judgeTongyi } from "./judge-tongyi.ts";
import { judgeTrouble } from "./judge-trouble.ts";
import type { Judged } from "./judged.ts";
import type { ServedModel } from "./list-models.ts";
import type { ModelServer } from "./model-server.ts";

/** Enough to think a little and make one call. */
const mostTokens = 1_024;

/** What is asked of every model: one call of a tool that nobody carries out. */
const search: Tool = {
  name: "search",
  description: "Searches the web and returns the results of each query.",
  parameters: {
    type: "object",
    properties: { query: { type: "array", items: { type: "string" }, minItems: 1, description: "The search queries." } },
    required: ["query"],
  },
  schema: z.unknown(),
  run: () => Promise.reject(new Error("The doctor carries out no tools")),
};
const wish = 'Call the search tool once with the single query "Velsund harbour", and nothing else.';
const sampling = { temperature: 0.6, top_p: 0.95 };
const stop = ["\n<tool_response>", "<tool_response>"];

interface Talk {
  server: ModelServer;
  card: ServedModel;
  signal: AbortSignal;
  deadline: AbortSignal;
  body: Record<string, unknown>;
}

/** Talks to the model as a run would, and says how that went. */
export async function talk(server: ModelServer, card: ServedModel, signal: AbortSignal): Promise<Finding[]> {
  const max_tokens = Math.min(mostTokens, Math.floor((card.max_model_len ?? Number.POSITIVE_INFINITY) / 4));
  const it: Talk = { server, card, signal, deadline: AbortSignal.timeout(server.patience.talkMs), body: { max_tokens, ...sampling } };
  switch (server.dialect) {
    case "plain":
      return inWords(it);
    case "tongyi":
      return (await inTags(it)).findings;
    case "native":
      return (await inFields(it)).findings;
    case "auto":
      return byItself(it);
    default:
      return server.dialect satisfies never;
  }
}

interface Told {
  findings: Finding[];
  /** A whole turn came. */
  heard: boolean;
  /** A call came that can be carried out. */
  calls: boolean;
  /** Tools as a field are refused, or calls are left in the text: the text protocol is spoken instead. */
  needsText: boolean;
}

/** The text protocol: the prompt is the one of a run, with one tool. */
async function inTags(it: Talk): Promise<Told> {
  const { server, card } = it;
  const messages = [
    { role: "system", content: toolPrompt([search], new Date().toISOString().slice(0, 10)) },
    { role: "user", content: wish },
  ];
  const conversation = await converse(server, { ...it.body, messages, presence_penalty: 1.1, stop }, it);
  return told(it, conversation, (heard) => judgeTongyi(server, card.root ?? null, heard));
}

/** The native protocol: tools and calls are fields. */
async function inFields(it: Talk): Promise<Told> {
  const { server, card } = it;
  const tools = [{ type: "function", function: { name: search.name, description: search.description, parameters: search.parameters } }];
  const conversation = await converse(server, { ...it.body, messages: [{ role: "user", content: wish }], tools, tool_choice: "auto" }, it);
  if (conversation.kind === "refused" && /enable-auto-tool-choice|tool-call-parser/.test(conversation.message))
    return {
      findings: [
        {
          state: "mend",
          says: "vLLM refuses tools, because it was started without a tool-call parser.",
          mend: [callMending([server.name, card.root ?? ""])],
        },
      ],
      heard: false,
      calls: false,
      needsText: true,
    };
  return told(it, conversation, (heard) => judgeNative(server, card.root ?? null, heard));
}

/** Plain text, as the model that extracts from pages is asked. */
async function inWords(it: Talk): Promise<Finding[]> {
  const conversation = await converse(
    it.server,
    { ...it.body, messages: [{ role: "user", content: "Name three harbours of Norway in one sentence." }] },
    it,
  );
  const judge = (heard: Heard): Judged =>
    heard.content.trim() || heard.finishReason === "length"
      ? { state: "works", says: "Writes text, as it should.", calls: false }
      : { state: "mend", says: "It was asked a question and sent no text.", calls: false };
  return (await told(it, conversation, judge)).findings;
}

/** MODEL_DIALECT=auto decides as `probeDialect` does for a run: by the name, else by whether the server takes tools and reads the calls. */
async function byItself(it: Talk): Promise<Finding[]> {
  if (isTongyi(it.server.name)) return [...(await inTags(it)).findings, fact("dialect tongyi, by its name")];
  const native = await inFields(it);
  if (!native.needsText) return [...native.findings, ...(native.heard ? [fact("dialect native, because it takes tools")] : [])];
  const text = await inTags(it);
  const [cause] = native.findings;
  const choice = fact("dialect tongyi, because calls are not parsed");
  if (!text.calls) return [...native.findings, choice];
  const instead = "Dossier speaks its text protocol instead, for which the model was not trained.";
  const [, ...stream] = text.findings;
  return [{ state: "limited", says: `${cause?.says ?? ""} ${instead}`.trim(), mend: cause?.mend ?? [] }, ...stream, choice];
}

const fact = (words: string): Finding => ({ state: "works", says: "", facts: [words] });

/** The finding about the turn comes first, what is only about the stream after it. */
async function told(it: Talk, conversation: Conversation, judge: (heard: Heard) => Judged): Promise<Told> {
  if (conversation.kind !== "heard") {
    const refusesTools = conversation.kind === "refused" && [400, 422, 501].includes(conversation.status);
    return { findings: [await judgeTrouble(it.server, conversation)], heard: false, calls: false, needsText: refusesTools };
  }
  const judged = judge(conversation.heard);
  return {
    findings: [judged, ...judgeStream(conversation.heard)],
    heard: true,
    calls: judged.calls,
    needsText: leavesCalls(conversation.heard),
  };
}
