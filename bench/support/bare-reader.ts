import { request } from "node:http";

/** The least a client can do: reads the streams over node:http, parts their lines, parses each chunk, counts its text. No SDK, no checks. */
export interface ReadRequest {
  url: string;
  streams: number;
  maxTokens: number;
}
export interface ReadAnswer {
  characters: number;
  wallMs: number;
  /** From the sent request to its first text, for each stream. */
  firstTextMs: number[];
}

function read(url: string, maxTokens: number): Promise<{ characters: number; firstTextMs: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let held = "";
    let characters = 0;
    let firstTextMs = 0;
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
          if (characters === 0) firstTextMs = performance.now() - began;
          characters += content.length;
        }
      });
      response.on("end", () => resolve({ characters, firstTextMs }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(JSON.stringify({ model: "bench", messages: [{ role: "user", content: "q" }], max_tokens: maxTokens, stream: true }));
  });
}

process.on("message", async ({ url, streams, maxTokens }: ReadRequest) => {
  const began = performance.now();
  const all = await Promise.all(Array.from({ length: streams }, () => read(url, maxTokens)));
  const answer: ReadAnswer = {
    characters: all.reduce((sum, each) => sum + each.characters, 0),
    wallMs: performance.now() - began,
    firstTextMs: all.map((each) => each.firstTextMs),
  };
  process.send?.(answer);
});
