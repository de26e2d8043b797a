export type Attributes = Record<string, string>;

/** What an open element does with its text, with its end and, when it is taken out of the flow of the page, with its children. */
export interface Frame {
  text(text: string): void;
  end?(): void;
  child?(name: string, attributes: Attributes): Frame;
}

/** Of an element that is dropped with everything in it. */
export const silence: Frame = { text: () => {}, child: () => silence };

/** Of an element whose whole text is wanted at its end, without the tags in it. */
export function collectingFrame(atEnd: (text: string) => void): Frame {
  const parts: string[] = [];
  return { text: (text) => void parts.push(text), end: () => atEnd(parts.join("")), child: () => silence };
}
