const tableTag = /<(\/?)(table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th)\b[^>]*>/g;

/**
 * Turns every table that holds another one into plain blocks: it is there for the layout of an old page, and Markdown has no table
 * within a table. Takes HTML as a serializer writes it, well-formed and in lower case.
 */
export function unwrapLayoutTables(html: string): string {
  const layout = layoutTables(html);
  if (layout.size === 0) return html;
  const open: number[] = [];
  let count = -1;
  return html.replace(tableTag, (tag, slash: string, name: string) => {
    if (name === "table" && slash === "") open.push(++count);
    const isLayout = layout.has(open.at(-1) ?? -1);
    if (name === "table" && slash !== "") open.pop();
    if (!isLayout) return tag;
    return name === "col" ? "" : `<${slash}div>`;
  });
}

/** The tables, counted in the order they open, in which another one opens. */
function layoutTables(html: string): Set<number> {
  const layout = new Set<number>();
  const open: number[] = [];
  let count = -1;
  for (const [, slash, name] of html.matchAll(tableTag)) {
    if (name !== "table") continue;
    const outer = open.at(-1);
    if (slash !== "") open.pop();
    else open.push(++count);
    if (slash === "" && outer !== undefined) layout.add(outer);
  }
  return layout;
}
