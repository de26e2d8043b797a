import { createUIMessageStream, createUIMessageStreamResponse } from "ai";
import type { AskMessage } from "#lib/client/ask-message.ts";
import type { ShownMessage } from "#lib/domain/report-message.ts";
import type { Telling } from "#lib/runs/about-report/model-answer.ts";

const headers = { "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" } as const; // no-transform keeps compression, and with it buffering, away

/** An answer as the stream that `useChat` reads: thought and text while they come, then the stored answer with its citations. `end` is called however it ends. */
export function answerStream(answer: (say: Telling) => Promise<ShownMessage | undefined>, end: () => void): Response {
  const stream = createUIMessageStream<AskMessage>({
    async execute({ writer }) {
      writer.write({ type: "start" });
      const channel = { open: null as "reasoning" | "text" | null, n: 0 };
      const switchTo = (next: "reasoning" | "text" | null) => {
        if (channel.open === next) return;
        if (channel.open) writer.write({ type: `${channel.open}-end`, id: String(channel.n) });
        if (next) writer.write({ type: `${next}-start`, id: String(++channel.n) });
        channel.open = next;
      };
      const tell = (kind: "reasoning" | "text") => (delta: string) => {
        switchTo(kind);
        writer.write({ type: `${kind}-delta`, id: String(channel.n), delta });
      };
      try {
        const message = await answer({
          thought: tell("reasoning"),
          text: tell("text"),
          silent: ({ silentMs, load }) =>
            writer.write({ type: "data-silent", id: "silent", data: { ms: silentMs, waiting: load?.waiting ?? null } }),
          reading: (passages, sources) => writer.write({ type: "data-reading", id: "reading", data: { passages, sources } }),
        });
        switchTo(null);
        if (message?.role === "answer") writer.write({ type: "data-answer", id: "answer", data: message });
        writer.write({ type: "finish" });
      } finally {
        end();
      }
    },
    onError: (error) => {
      console.error("[web]", error);
      return "The answer could not be stored. The server's log tells why.";
    },
  });
  return createUIMessageStreamResponse({ stream, headers });
}
