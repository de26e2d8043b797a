import { z } from "zod";

/** A picture that a script made: PNG, with its size in pixels. */
export interface Figure {
  name: string;
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** Bytes of one picture; twice as much as a page of text in any other form. */
export const mostFigureBytes = 2_000_000;
export const mostFigures = 4;
/** Of all frames of a script, with their heads. */
export const mostFrameBytes = mostFigures * (mostFigureBytes + 10_000);
/** A picture of more pixels is none for a page, and takes 256 MB to show. */
const mostSide = 8_000;

const headSchema = z.object({ name: z.string().min(1).max(200), bytes: z.number().int().min(1).max(mostFigureBytes) });

/** The pictures in what a sandbox gave: a line of JSON and the bytes of each. The script may have written there itself: what does not fit is left out. */
export function readFigureFrames(given: Buffer): Figure[] {
  const figures: Figure[] = [];
  for (let at = 0; at < given.length && figures.length < mostFigures; ) {
    const end = given.indexOf("\n", at);
    if (end < 0 || end - at > 1_000) break;
    const head = headOf(given.toString("utf8", at, end));
    if (!head || end + 1 + head.bytes > given.length) break;
    const figure = readFigure(head.name, given.subarray(end + 1, end + 1 + head.bytes));
    if (figure) figures.push(figure);
    at = end + 1 + head.bytes;
  }
  return figures;
}

function headOf(line: string): z.infer<typeof headSchema> | null {
  try {
    return headSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A picture, if its bytes are a PNG of a size that can be shown. Whether all of it can be read, a browser finds out. */
export function readFigure(name: string, given: Uint8Array): Figure | null {
  const bytes = Buffer.from(given); // the frame it came in need not be kept for it
  if (
    bytes.length > mostFigureBytes ||
    bytes.length < 33 ||
    !bytes.subarray(0, 8).equals(signature) ||
    bytes.toString("latin1", 12, 16) !== "IHDR"
  )
    return null;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return width > 0 && height > 0 && width <= mostSide && height <= mostSide ? { name, width, height, bytes } : null;
}
