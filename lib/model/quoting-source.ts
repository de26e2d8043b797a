import type { CompletionSource } from "./model.ts";
import { quotingReply } from "./quoting.ts";

/** The quoting policy as a source of completions: the same dialect through the same loop, without a model and without a server. */
export const quotingSource: CompletionSource = {
  async *complete(request, signal) {
    signal.throwIfAborted();
    for (const text of portions(quotingReply(request.messages, request.sample))) yield { kind: "text", text };
    yield { kind: "ended", finishReason: "stop", usage: null };
  },
};

/** Sentence-sized portions: there is nothing to wait for, so nothing pretends to be typing. */
const portions = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
