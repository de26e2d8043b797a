import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { parseArgs } from "node:util";
import { createZstdDecompress } from "node:zlib";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { sseParser } from "#lib/std/sse-data.ts";
import { openBenchHouse } from "./support/bench-house.ts";

/**
 * What a live run costs on the wire: all bytes of a reader's connection, headers and framing included, for one byte of text that the model
 * wrote, as browsers are sent it (zstd) and plain; and whether twice the text costs more than twice the bytes.
 *
 *   node bench/wire.ts [--tokens 2000,4000,8000] [--rate 20,60,400]
 *
 * `rate` is tokens a second. The slower a model is, the less text goes in one portion, because text is not kept waiting for more of it.
 */
const { values } = parseArgs({
  options: { tokens: { type: "string", default: "2000,4000,8000" }, rate: { type: "string", default: "20,60,400" } },
});
const sizes = values.tokens.split(",").map(Number);

await using house = new AsyncDisposableStack();
let next = { text: "", msPerToken: 0 };
const model = await startFakeModel(() => ({ kind: "text", ...next }), { name: "bench" });
house.defer(() => model.close());
const { dossier } = await openBenchHouse(house, { MODEL_BASE_URL: model.url, MODEL_NAME: "bench", MODEL_DIALECT: "tongyi" });

const words =
  "the harbour board reports a depth of nine metres while council minutes of that year name another and newspapers confirm neither".split(
    " ",
  );
let state = 7;
const draw = (below: number) => {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
};
/** Text of so many tokens, near enough: a word is one and a third of them, and the server counts for itself. */
const textOf = (tokens: number) => Array.from({ length: Math.ceil(tokens / 1.33) }, () => words[draw(words.length)]).join(" ");

const post = async (path: string, body: object) =>
  (await dossier.fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json();

interface Read {
  bytes: number;
  portions: number;
}

/** Follows a run to its end. */
async function read(runId: string, encoding: "zstd" | "identity"): Promise<Read> {
  const headers = { authorization: `Bearer ${dossier.token}`, "accept-encoding": encoding };
  const [response] = (await once(get(`${dossier.url}/api/runs/${runId}/events`, { headers, agent: false }), "response")) as [
    IncomingMessage,
  ];
  const isPacked = response.headers["content-encoding"] === "zstd";
  if (isPacked !== (encoding === "zstd")) throw new Error(`Asked for ${encoding}, got ${response.headers["content-encoding"]}`);
  const parser = sseParser(10_000_000);
  let portions = 0;
  response.on("data", () => portions++);
  for await (const chunk of isPacked ? response.pipe(createZstdDecompress()) : response) parser.push(chunk);
  return { bytes: response.socket.bytesRead, portions };
}

for (const rate of values.rate.split(",").map(Number)) {
  const taken = [];
  for (const tokens of sizes) {
    next = { text: `<think>\n${textOf(tokens)}\n</think>\n<answer>\nNine metres.\n</answer>`, msPerToken: 1000 / rate };
    const { session } = await post("/api/sessions", {});
    const { run } = await post(`/api/sessions/${session.id}/runs`, { question: "How deep is it?" });
    const [packed, plain] = await Promise.all([read(run.id, "zstd"), read(run.id, "identity")]);
    taken.push({ tokens, text: Buffer.byteLength(next.text), packed, plain });
  }
  for (const { tokens, text, packed, plain } of taken)
    console.log(
      `${rate} tokens a second, ${tokens} tokens, ${text} bytes of text: zstd ${(packed.bytes / text).toFixed(2)} ×, plain ${(plain.bytes / text).toFixed(2)} ×, in ${plain.portions} portions`,
    );
  for (let index = 1; index < taken.length; index++) {
    const [half, whole] = [taken[index - 1], taken[index]];
    if (half && whole)
      console.log(
        `bytes for ${whole.tokens} tokens ÷ bytes for ${half.tokens}: zstd ${(whole.packed.bytes / half.packed.bytes).toFixed(3)}, plain ${(whole.plain.bytes / half.plain.bytes).toFixed(3)}`,
      );
  }
}
