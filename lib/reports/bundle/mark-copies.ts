import { setImmediate } from "node:timers/promises";
import type { SourceRef } from "#lib/domain/source.ts";
import { isCopy, type Sketch, sketchOf } from "#lib/std/sketch.ts";

type Sketched<S> = S & { sketch: Sketch };

/** Sources, in the order of reading, with the number of the earlier one that each is a copy of, found from the texts as it is when a page is read. */
export async function markCopies<S extends SourceRef & { text: string }>(sources: readonly S[]): Promise<Sketched<S>[]> {
  const marked: Sketched<S>[] = [];
  for (const source of sources) {
    const sketch = sketchOf(source.text);
    const same = marked.find((other) => isCopy(other.sketch, sketch));
    const { copyOf: _, ...own } = source;
    marked.push({ ...own, ...(same && { copyOf: same.copyOf ?? same.n }), sketch } as Sketched<S>);
    await setImmediate(); // other requests go on meanwhile
  }
  return marked;
}
