const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Cuts Markdown into blocks at blank lines outside fenced code, so that while a text grows only its last block is parsed again.
 * A list or a table is held together: an indented line, or a list item after a blank line, goes on with the block before.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let open: string | null = null;
  let blank = false;
  for (const line of text.split("\n")) {
    const mark = fence.exec(line)?.[1];
    if (open === null && blank && block.length > 0 && !goesOn(block[0] ?? "", line)) {
      blocks.push(block.join("\n"));
      block = [];
    }
    if (mark && open === null) open = mark;
    else if (mark && open !== null && mark.startsWith(open) && line.trim() === mark) open = null;
    blank = line.trim() === "";
    if (!blank || block.length > 0) block.push(line);
  }
  if (block.length > 0) blocks.push(block.join("\n"));
  return blocks;
}

const item = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;
const goesOn = (first: string, line: string) => line.trim() === "" || /^ {2,}\S/.test(line) || (item.test(first) && item.test(line));
