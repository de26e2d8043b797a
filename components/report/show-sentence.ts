/** Where a sentence begins and ends in the text nodes of an element, white space and marks aside; null where it does not stand there. */
export function rangeOf(sentence: string, within: Element): Range | null {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const places: { node: Text; offset: number }[] = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest("button, .anchor")) continue;
    for (let offset = 0; offset < node.length; offset++) {
      const unit = node.data[offset] ?? "";
      if (/\s/.test(unit)) continue;
      text += unit;
      places.push({ node, offset });
    }
  }
  const wanted = sentence.replace(/\s+/g, "");
  const at = wanted === "" ? -1 : text.indexOf(wanted);
  const first = places[at];
  const last = places[at + wanted.length - 1];
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, Math.min(last.node.length, last.offset + 1));
  return range;
}

/** Brings a sentence of the report into view and selects it: it can be seen, and copied. */
export function showSentence(sentence: string): void {
  const text = document.querySelector("[data-report-text] article");
  const range = text && rangeOf(sentence, text);
  if (!range) return;
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  const { parentElement } = range.startContainer;
  parentElement?.scrollIntoView({ block: "center" });
}
