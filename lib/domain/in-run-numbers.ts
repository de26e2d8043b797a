import type { Event, EventOf } from "./event.ts";
import type { Branch } from "./heavy.ts";
import { findModelMarks } from "./model-marks.ts";
import type { SourceRef } from "./source.ts";

/** A source, and the addresses under which its lane asked for it: it may have come from another one. */
export type FoundSource = SourceRef & { asked?: readonly string[] };

/** What the numbers of a text mean: the source of each; null for one that means none. */
type Meaning = (number: number) => FoundSource | null;

/**
 * A lane's text with its marks in the numbers of the run: a lane that keeps its conversation is not told these. Its `[2]` is the second entry of
 * its own list of references, where it wrote one with addresses that it read, else the second source that it read. A number that means none
 * of its sources goes: in the run it would name what another lane read.
 */
export function inRunNumbers(text: string, sources: readonly FoundSource[]): string {
  const meaning = listed(text, sources) ?? ((number) => sources[number - 1] ?? null);
  const isMeant = (number: number) => meaning(number) !== null;
  let kept = text;
  // What goes may uncover another mark, as in [2[9]]. The text is shorter each time, so this ends.
  for (let before = ""; kept !== before; ) {
    before = kept;
    kept = replaceMarks(before, isMeant, (numbers, mark) => (numbers.some(isMeant) ? mark : null));
  }
  const said = replaceMarks(
    kept,
    isMeant,
    (numbers) => `[${[...new Set(numbers.flatMap((number) => meaning(number)?.n ?? []))].join(", ")}]`,
  );
  return said.replace(definition, (whole, indent: string, number: string) => {
    const source = meaning(Number(number));
    return source ? `${indent}[${source.n}]:` : whole;
  });
}

/** A text that is in the run's numbers, without those of sources that its lane has not read: they would name what another lane read. */
export function withOwnMarks(text: string, sources: readonly SourceRef[]): string {
  const own = new Set(sources.map(({ n }) => n));
  const isOwn = (number: number) => own.has(number);
  return replaceMarks(
    text,
    () => true,
    (numbers, mark) => {
      if (numbers.every(isOwn)) return mark;
      const kept = numbers.filter(isOwn);
      return kept.length === 0 ? null : `[${kept.join(", ")}]`;
    },
  );
}

/** The text with something else in the place of each mark; with null it goes, and the white space before it. */
function replaceMarks(
  text: string,
  isMeant: (number: number) => boolean,
  write: (numbers: number[], mark: string) => string | null,
): string {
  let said = "";
  let last = 0;
  for (const { start, end, numbers } of findModelMarks(text, isMeant)) {
    const before = text.slice(last, start);
    const written = write(numbers, text.slice(start, end));
    // Where a line begins, white space is its indent.
    said += written === null ? before.replace(/(?<=\S)[ \t]+$/, "") : before + written;
    last = end;
  }
  return said + text.slice(last);
}

/** `[1]: https://…`: it is no mark, and its number is a mark's. */
const definition = /^( {0,3})\[\^?(\d{1,3})\]:(?=[ \t]*\S)/gm;
/** `[1] A title, https://…`, also with `1.` or `【1】` before it. */
const entry = /^[ \t]*(?:[-*+•]\s+)?(?:\[\^?(\d{1,3})\]:?|【(\d{1,3})】|(\d{1,3})[.)])[ \t][^\n]*?(https?:\/\/[^\s<>)\]]+)/gm;

/** What the numbers mean by the text's own list of references; null where it has none with an address that was read. */
function listed(text: string, sources: readonly FoundSource[]): Meaning | null {
  const byAddress = new Map(
    sources.toReversed().flatMap((source) => [source.url, ...(source.asked ?? [])].map((address) => [plain(address), source] as const)),
  );
  const entries = new Map<number, FoundSource | null>();
  for (const [, bracketed, wide, counted, address = ""] of text.matchAll(entry))
    entries.set(Number(bracketed ?? wide ?? counted), byAddress.get(plain(address)) ?? null);
  return [...entries.values()].some(Boolean) ? (number) => entries.get(number) ?? null : null;
}

/** An address as people write it: without scheme, fragment, and what a sentence puts behind it. */
const plain = (address: string) =>
  address
    .replace(/^https?:\/\/(?:www\.)?/i, "")
    .replace(/#.*$/, "")
    .replace(/[/.,;:!?'"]+$/, "");

/**
 * The sources a lane read, in the order in which its conversation shows them: calls of one step return in any order, and are shown in the order
 * they were asked for. A branch read what the lane it left had read until then.
 */
export function sourcesFound(events: Iterable<Event>, lane: string, branch: Branch | null): FoundSource[] {
  const known = new Map<string, SourceRef>();
  const calls: EventOf<"tool-returned">[] = [];
  for (const event of events) {
    if (event.type !== "source-found" && event.type !== "tool-returned") continue;
    if (event.lane !== lane && !(event.lane === branch?.lane && event.step < branch.beforeStep)) continue;
    if (event.type === "tool-returned") calls.push(event);
    else known.set(event.source.id, event.source);
  }
  const shown = calls.toSorted((one, other) => one.step - other.step || byPlace(one.callId, other.callId));
  const asked = Map.groupBy(shown.flatMap(addressesIn), ({ sourceId }) => sourceId);
  return [...new Set(shown.flatMap(({ sourceIds }) => sourceIds))].flatMap((id) => {
    const source = known.get(id);
    return source ? [{ ...source, asked: (asked.get(id) ?? []).map(({ url }) => url) }] : [];
  });
}

/** The calls of a step have one name, and from the second on a number behind it (`callIdOf`). */
const byPlace = (one: string, other: string) => one.length - other.length || (one < other ? -1 : 1);

const addressesIn = ({ details }: EventOf<"tool-returned">) =>
  details.kind === "visit" ? details.pages.flatMap(({ url, sourceId }) => (sourceId === undefined ? [] : [{ url, sourceId }])) : [];
