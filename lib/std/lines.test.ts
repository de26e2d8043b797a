import { expect, test } from "vitest";
import { LineTooLong, lines } from "./lines.ts";

async function read(chunks: Uint8Array[], maxLength?: number) {
  async function* stream() {
    yield* chunks;
  }
  return Array.fromAsync(lines(stream(), maxLength));
}

const bytes = new TextEncoder().encode("data: é\r\n\r\ndata: 漢字🙂\ndata: last");

test("gives the same lines however the bytes are cut, also inside a character and between \\r and \\n", async () => {
  const whole = ["data: é", "", "data: 漢字🙂", "data: last"];
  expect(await read([bytes])).toEqual(whole);
  for (let cut = 1; cut < bytes.length; cut++) expect(await read([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(whole);
  expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
});

test("refuses a line without end", async () => {
  await expect(read([new Uint8Array(2_000).fill(97)], 1_000)).rejects.toThrow(LineTooLong);
});
