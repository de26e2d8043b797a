interface Branch {
  children?: unknown[];
}

/** Every node of a tree with its parent, children before their parent, so that a node may be replaced where it stands. */
export function walk<N extends object>(parent: N, visit: (node: N, parent: N & { children: N[] }, index: number) => void): void {
  if (!hasChildren<N>(parent)) return;
  for (let index = parent.children.length - 1; index >= 0; index -= 1) {
    const child = parent.children[index] as N; // index is in range
    walk(child, visit);
    visit(child, parent, index);
  }
}

const hasChildren = <N extends object>(node: N): node is N & { children: N[] } => Array.isArray((node as Branch).children);
