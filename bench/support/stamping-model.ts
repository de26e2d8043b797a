import { listen, readBody } from "#e2e/support/servers/listen.ts";

/**
 * A model server whose every token is the time at which it was sent, so that whoever receives the text can tell how old it is. Each request
 * gets a thought without an end, at so many milliseconds a token, and is served until its reader goes.
 */
export interface StampingRequest {
  msPerToken: number;
}
export interface StampingAnswer {
  url: string;
}

export const stampNow = () => Math.round(performance.timeOrigin + performance.now());

process.on("message", async ({ msPerToken }: StampingRequest) => {
  const live = new Set<(text: string) => void>();
  // One timer for all: what is measured is the reader of many streams, not the timers of their sender.
  setInterval(() => {
    const chunk = chunkOf(`${stampNow()} `);
    for (const send of live) send(chunk);
  }, msPerToken);
  const { url } = await listen(async (request, response) => {
    if (request.url?.endsWith("/models")) {
      const model = { id: "bench", object: "model", max_model_len: 1_000_000 };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ object: "list", data: [model] }));
      return;
    }
    await readBody(request);
    response.setHeader("content-type", "text/event-stream");
    const send = (text: string) => response.write(text);
    send(chunkOf("<think>\n"));
    live.add(send);
    response.on("close", () => live.delete(send));
  });
  const answer: StampingAnswer = { url };
  process.send?.(answer);
});

const chunkOf = (content: string) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", model: "bench", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
