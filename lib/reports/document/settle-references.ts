import type { Definition, Nodes, PhrasingContent, Root } from "mdast";
import { walk } from "#lib/reports/html/walk.ts";

const safe = /^(?:https?:\/\/|mailto:)\S/i;

/**
 * Gives every link its own address and makes text of what is none: links that run something or lead into this house, pictures by reference,
 * and footnotes, which the exports have for the sources.
 */
export function settleReferences(tree: Root): void {
  const targets = new Map<string, string>();
  walk<Nodes>(tree, (node) => {
    if (node.type === "definition") targets.set(node.identifier, node.url);
  });
  walk<Nodes>(tree, (node, parent, index) => {
    const settled = settle(node, targets);
    if (settled) parent.children.splice(index, 1, ...settled);
  });
}

function settle(node: Nodes, targets: ReadonlyMap<string, string>): Nodes[] | null {
  switch (node.type) {
    case "link":
      return safe.test(node.url) ? null : node.children;
    case "linkReference": {
      const url = targets.get(node.identifier) ?? "";
      return safe.test(url) ? [{ type: "link", url, children: node.children }] : node.children;
    }
    case "imageReference":
      return [{ type: "text", value: node.alt ?? "" }];
    case "definition":
      return shown(node) ? [{ type: "paragraph", children: [{ type: "text", value: `[${node.label}]: ${node.url}` }] }] : [];
    case "footnoteReference":
      return [{ type: "text", value: `[^${node.label ?? node.identifier}]` }];
    case "footnoteDefinition":
      return withPrefix(`[^${node.label ?? node.identifier}]: `, node.children);
    default:
      return null;
  }
}

/** The target of a numbered mark is no text of the report; a note that a model wrote with a bracket and a colon is. */
const shown = (definition: Definition) => !safe.test(definition.url) && !/^\^?\d+$/.test(definition.label ?? "");

function withPrefix(prefix: string, blocks: Nodes[]): Nodes[] {
  const text: PhrasingContent = { type: "text", value: prefix };
  const [first, ...rest] = blocks;
  if (first?.type === "paragraph") return [{ ...first, children: [text, ...first.children] }, ...rest];
  return [{ type: "paragraph", children: [text] }, ...blocks];
}
