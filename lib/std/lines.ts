/** A line longer than this is no protocol we speak: a server that never ends a line must not fill the memory. */
export class LineTooLong extends Error {
  override name = "LineTooLong" as const;
}

/**
 * The lines of a byte stream, without their ends (`\n`, `\r\n`, `\r`), decoded as UTF-8 across chunk borders. A last line without an
 * end is yielded too. Throws LineTooLong beyond `maxLength` characters.
 */
export async function* lines(bytes: AsyncIterable<Uint8Array>, maxLength = 1_000_000): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = "";
  for await (const chunk of bytes) {
    held += decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let index = nextEnd(held, 0); index >= 0; index = nextEnd(held, start)) {
      // A lone \r at the very end may be the first half of \r\n: wait for more.
      if (held[index] === "\r" && index === held.length - 1) break;
      yield held.slice(start, index);
      start = index + (held[index] === "\r" && held[index + 1] === "\n" ? 2 : 1);
    }
    held = held.slice(start);
    if (held.length > maxLength) throw new LineTooLong(`A line of the stream is longer than ${maxLength} characters`);
  }
  held += decoder.decode();
  if (held !== "") yield held.replace(/\r$/, "");
}

function nextEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) return index;
  }
  return -1;
}
