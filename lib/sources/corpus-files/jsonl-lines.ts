import { createReadStream } from "node:fs";

export type JsonlLine = { line: number; bytes: Buffer } | { line: number; tooLong: true };

/** A longer line is no document; holding it would be the whole file in memory. */
const longestLine = 16 * 1024 * 1024;

/** The lines of a file as bytes, numbered from 1, without holding more than one of them. Throws when the file cannot be read. */
export async function* jsonlLines(path: string): AsyncGenerator<JsonlLine> {
  let line = 1;
  let held: Buffer[] = [];
  let length = 0;
  const take = (): JsonlLine => (length > longestLine ? { line, tooLong: true } : { line, bytes: Buffer.concat(held) });
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      hold(chunk.subarray(start, end));
      yield take();
      [held, length, line, start] = [[], 0, line + 1, end + 1];
    }
    hold(chunk.subarray(start));
  }
  if (length > 0) yield take();

  function hold(part: Buffer): void {
    length += part.length;
    if (length > longestLine) held = [];
    else held.push(part);
  }
}
