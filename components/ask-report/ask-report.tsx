"use client";

import { useReport } from "#components/report/reading.tsx";
import { Button } from "#components/ui/button.tsx";
import { Conversation } from "./conversation.tsx";
import { useConversation } from "./use-conversation.ts";

/** Questions about a finished report, answered from the evidence that is stored with it. */
export function AskReport() {
  const { id } = useReport();
  const { conversation, reload } = useConversation(id);
  if (conversation.state === "loading") return <p className="py-8 text-center text-ink-3">Opening</p>;
  if (conversation.state === "failed")
    return (
      <div className="grid justify-items-center gap-3 py-8 text-center text-balance">
        <p role="alert">The conversation could not be opened. {conversation.why}</p>
        <Button onClick={reload}>Try again</Button>
      </div>
    );
  return <Conversation key={conversation.revision} stored={conversation.messages} pending={conversation.pending} onLost={reload} />;
}
