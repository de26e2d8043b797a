import { request } from "node:http";

/** The least a client can do: reads the streams over node:http, parts their lines, parses each chunk, counts its text. No SDK, no checks. */
export interface ReadRequest {
  url: string;
  streams: number;
  maxTokens: number;
  /** To the first text of each stream only, with the stop strings of the Tongyi dialect, for which a server holds text back. */
  firstText?: boolean;
}
export interface ReadAnswer {
  characters: number;
  /** From the sent request to the end of its answer, for each stream. */
  eachMs: number[];
}

function read(url: string, maxTokens: number, firstText: boolean): Promise<{ characters: number; ms: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let held = "";
    let characters = 0;
    const sent = request(`${url}/v1/chat/completions`, { method: "POST", headers: { "content-type": "application/json" } }, (response) => {
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        held += text;
        for (let end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
          const line = held.slice(0, end);
          held = held.slice(end + 2);
          if (line === "data: [DONE]") continue;
          const content: string | undefined = JSON.parse(line.slice(6)).choices[0]?.delta?.content;
          if (!content) continue;
          characters += content.length;
          if (!firstText || characters < "<think>\n".length) continue; // the tag is nothing that anybody sees
          resolve({ characters, ms: performance.now() - began });
          response.destroy();
          return;
        }
      });
      response.on("end", () => resolve({ characters, ms: performance.now() - began }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(
      JSON.stringify({
        model: "bench",
        messages: [{ role: "user", content: "q" }],
        max_tokens: maxTokens,
        stream: true,
        ...(firstText && { stop: ["\n<tool_response>", "<tool_response>"] }),
      }),
    );
  });
}

process.on("message", async ({ url, streams, maxTokens, firstText = false }: ReadRequest) => {
  const all = await Promise.all(Array.from({ length: streams }, () => read(url, maxTokens, firstText)));
  const answer: ReadAnswer = {
    characters: all.reduce((sum, each) => sum + each.characters, 0),
    eachMs: all.map((each) => each.ms),
  };
  process.send?.(answer);
});
