import { once } from "node:events";
import { connect } from "node:net";
import type { Dossier } from "./support/dossier.ts";
import { expect, test } from "./support/fixtures.ts";

/** Opens the stream of a run on a bare socket that reads nothing until it is told to. */
function stalledReader({ url, token }: Dossier, runId: string) {
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.pause();
  socket.write(
    `GET /api/runs/${runId}/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n`,
  );
  socket.on("error", () => {}); // a reset is one of the ways to be let go
  return {
    async readAll(): Promise<string> {
      const parts: Buffer[] = [];
      socket.on("data", (part) => parts.push(Buffer.from(part)));
      socket.resume();
      await once(socket, "close");
      return Buffer.concat(parts).toString("utf8");
    },
  };
}

const idsOf = (stream: string) => [...stream.matchAll(/^id: (\d+)\nevent: .*\ndata: .*\n\n/gm)].map((match) => Number(match[1]));

test("a reader that does not read is let go, and comes back for everything it has not had", async ({ request, scripted }) => {
  // 9 MB, far more than the buffers on the way hold; numbered, since a text that repeats itself is broken off.
  const thought = Array.from({ length: 180_000 }, (_, index) => `Thought ${index} about the depth of the harbour. `).join("");
  scripted.script([{ kind: "text", text: `<think>${thought}</think><answer>Done.</answer>`, tokensPerChunk: 1_000, msPerToken: 1 }]);
  const { session } = await (await request.post(`${scripted.url}/api/sessions`)).json();
  const { run } = await (
    await request.post(`${scripted.url}/api/sessions/${session.id}/runs`, { data: { question: "How much is too much?" } })
  ).json();
  const reader = stalledReader(scripted, run.id);
  await (await request.get(`${scripted.url}/api/runs/${run.id}/events`, { timeout: 60_000 })).body(); // another reader sees it through
  const before = idsOf(await reader.readAll());
  const after = idsOf(
    await (
      await request.get(`${scripted.url}/api/runs/${run.id}/events`, { headers: { "last-event-id": String(before.at(-1) ?? 0) } })
    ).text(),
  );
  const log = await (await request.get(`${scripted.url}/api/runs/${run.id}/events`, { headers: { accept: "application/json" } })).json();
  const seen = [...before, ...after];
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen).toEqual(expect.arrayContaining(log.map((event: { seq: number }) => event.seq)));
  expect(after.length, "it was let go before the end").toBeGreaterThan(0);
});
