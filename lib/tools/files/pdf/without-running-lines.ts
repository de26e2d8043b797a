/** On so many pages a line at the edge is the page's and not the text's. */
const enoughPages = 3;
const linesAtEdge = 2;

/**
 * Leaves out what stands at the edge of page after page: running titles and page numbers, which would interrupt every sentence that goes
 * over a page's end. The first page that has such a line keeps it. A row of numbers is no page number: only a number that grows with the
 * pages is.
 */
export function withoutRunningLines(pages: readonly string[]): string[] {
  const lines = pages.map((page) => page.split("\n"));
  const onPages = new Map<string, number>();
  lines.forEach((page, index) => {
    const keys = new Set(edges(page).flatMap((line) => keysOf(line, index)));
    for (const key of keys) onPages.set(key, (onPages.get(key) ?? 0) + 1);
  });
  const kept = new Set<string>();
  return lines.map((page, index) => {
    const runningKeys = (line: string) => keysOf(line, index).filter((key) => (onPages.get(key) ?? 0) >= enoughPages);
    const isRepeated = (line: string | undefined) => line !== undefined && runningKeys(line).some((key) => kept.has(key));
    let start = 0;
    let end = page.length;
    while (start < Math.min(linesAtEdge, end) && isRepeated(page[start])) start++;
    while (page.length - end < linesAtEdge && end > start && isRepeated(page[end - 1])) end--;
    for (const key of edges(page).flatMap(runningKeys)) kept.add(key);
    return page.slice(start, end).join("\n").trim();
  });
}

const edges = (lines: readonly string[]) => [...lines.slice(0, linesAtEdge), ...lines.slice(-linesAtEdge)];

/** Two lines are the same running line when they share one of these: as they are, or with a number counted from the page it is on. */
function keysOf(line: string, index: number): string[] {
  const fromPage = (number: string) => `#${Number(number) - index}#`;
  const text = line.trim();
  return text === "" ? [] : [text, text.replace(/\d{1,5}/, fromPage), text.replace(/\d{1,5}(?=\D*$)/, fromPage)];
}
