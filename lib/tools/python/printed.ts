/** What a script printed: all of it in `head` and `tail` together, or its beginning and its end and how much is missing between them. */
export interface Printed {
  head: string;
  /** Characters. */
  leftOut: number;
  tail: string;
}

/** Characters that are kept of one stream: of a longer one as many from its beginning as from its end. */
export const mostKept = 100_000;

export const nothingPrinted: Printed = { head: "", leftOut: 0, tail: "" };

/** The same of a text that is whole. */
export function toPrinted(text: string): Printed {
  const keeper = printedKeeper();
  keeper.add(text);
  return keeper.printed();
}

/** As text of at most about `most` characters (no more than `mostKept`). What is missing in its middle is said there, with its length. */
export function shortened({ head, leftOut, tail }: Printed, most: number): string {
  const whole = head + tail;
  if (leftOut === 0 && whole.length <= most) return whole;
  const half = Math.floor(most / 2);
  const beginning = whole.slice(0, half).toWellFormed();
  const end = whole.slice(Math.max(half, whole.length - half)).toWellFormed();
  const missing = leftOut + whole.length - beginning.length - end.length;
  return `${beginning}\n[… ${missing} characters left out …]\n${end}`;
}

/** Takes text as it comes, and holds no more than `mostKept` of it. */
export function printedKeeper() {
  const half = mostKept / 2;
  let head = "";
  let tail = "";
  let leftOut = 0;
  return {
    add(text: string): void {
      const room = half - head.length;
      head += text.slice(0, room);
      const rest = tail + text.slice(room);
      tail = rest.slice(-half);
      leftOut += rest.length - tail.length;
    },
    printed: (): Printed => ({ head, leftOut, tail }),
  };
}
