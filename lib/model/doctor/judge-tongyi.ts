import type { Mending } from "#lib/domain/check-up.ts";
import { readCalls } from "#lib/model/dialects/read-calls.ts";
import type { Heard } from "./converse.ts";
import type { Judged } from "./judged.ts";
import { launchLine } from "./lines-to-copy.ts";
import type { ModelServer } from "./model-server.ts";

const parserFlags = ["--reasoning-parser", "--enable-auto-tool-choice", "--tool-call-parser"];

/** Whether a turn of the text protocol came as the model wrote it: a thought in tags, a call that reads, nothing after it. */
export function judgeTongyi(server: ModelServer, weights: string | null, heard: Heard): Judged {
  const withoutParsers: Mending = {
    what: "Start vLLM without the parser flags:",
    lines: launchLine(server, { weights }),
    takeAway: parserFlags,
  };
  const { content, reasoning } = heard;
  const call = readCall(content);
  const calls = call === "read";
  const cut = heard.finishReason === "length";
  if (heard.calls.length > 0)
    return mend(
      "A tool-call parser takes its calls out of the text, where they belong.",
      ["thoughts: hidden", "tool call: taken away"],
      withoutParsers,
    );
  if (reasoning.trim()) {
    const facts = ["thoughts in another field", callFact(call)];
    if (/<tool_call>/.test(reasoning) && !calls)
      return mend(
        "Started with a reasoning parser that swallows its calls: they arrive within the thought, and nothing is carried out.",
        facts,
        withoutParsers,
      );
    if (!content.trim() && !cut)
      return mend(
        "Started with a reasoning parser: all of its text arrives as thought and nothing as an answer or a call.",
        facts,
        withoutParsers,
      );
    const cope = "Dossier puts them back in place, so runs work, but what the parser misjudges is lost.";
    return {
      state: "limited",
      says: `Started with a reasoning parser: its thoughts arrive in another field. ${cope}`,
      facts,
      mend: [withoutParsers],
      calls,
    };
  }
  if (!content.trim()) {
    const wrote = heard.tokens ? `It wrote ${heard.tokens.toLocaleString("en")} tokens and sent no text` : "It sent no text";
    return mend(`${wrote}: a reasoning parser without the field for thoughts would do that.`, ["text: none"], withoutParsers);
  }
  return judgeText(heard, call, withoutParsers);
}

function judgeText(heard: Heard, call: CallText, withoutParsers: Mending): Judged {
  const { content, finishReason } = heard;
  const thought = thoughtIn(content);
  const facts = [thoughtFacts[thought], callFact(call)];
  const limited = (says: string, mending: Mending[] = []): Judged => ({
    state: "limited",
    says,
    facts,
    mend: mending,
    calls: call === "read",
  });
  if (call !== "read" && finishReason === "length")
    return limited(
      `It was still ${thought === "open" ? "thinking" : "writing"} after ${(heard.tokens ?? 0).toLocaleString("en")} tokens, so its call was not seen.`,
    );
  if (call === "unreadable")
    return limited("Its tool call is not JSON with a name and arguments. Dossier tells it so and goes on; runs take longer.");
  if (call === "none") return limited("Asked to call a tool, it did not. It may not know the text protocol of Tongyi DeepResearch.");
  if (content.includes("<tool_response>"))
    return limited("It ignores stop strings and invents what its call returns. Dossier cuts that off; the time is lost.");
  if (thought === "none") return limited("It calls a tool, but no thought comes with it, so the trace would show none.", [withoutParsers]);
  const opening =
    thought === "middle" ? "Opens in mid-thought, because its template has the opening tag; Dossier reads that. Calls" : "Thinks, calls";
  return { state: "works", says: `${opening} a tool and stops at the tag, as it should.`, facts, calls: true };
}

type Thought = "closed" | "middle" | "open" | "none";
const thoughtFacts: Record<Thought, string> = {
  closed: "<think> in the text: yes",
  middle: "<think> in the text: only its end",
  open: "<think> in the text: not closed",
  none: "<think> in the text: no",
};

function thoughtIn(content: string): Thought {
  const opens = content.includes("<think>");
  if (content.includes("</think>")) return opens ? "closed" : "middle";
  return opens ? "open" : "none";
}

type CallText = "read" | "unreadable" | "none";
const callFact = (call: CallText) => `tool call: ${call === "read" ? "read" : call === "none" ? "none" : "cannot be read"}`;
/** The first call after the last thought, read as a run reads it; what is merely thought about is none. */
function readCall(content: string): CallText {
  const end = content.lastIndexOf("</think>");
  const [call] = readCalls(end < 0 ? content.replace(/<think>[\s\S]*$/, "") : content.slice(end));
  if (call === undefined) return "none";
  return "problem" in call ? "unreadable" : "read";
}

const mend = (says: string, facts: string[], mending: Mending): Judged => ({ state: "mend", says, facts, mend: [mending], calls: false });
