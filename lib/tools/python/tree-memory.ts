import { readdir, readFile } from "node:fs/promises";

/**
 * A process and everything it started, itself first, children before their children. It reads the tree alone, not the whole process table,
 * and reads it piece by piece: a process that ends meanwhile is not in it. Only itself where there is no Linux `/proc`.
 */
export async function processTree(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  const theirs = await Promise.all(children.map(processTree));
  return [pid, ...theirs.flat()];
}

/** Bytes that processes hold for themselves: what is only mapped from files is not counted, what was forked and not yet written to in each. */
export async function heldBytes(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(pids.map(ownBytes));
  return each.reduce((sum, bytes) => sum + bytes, 0);
}

async function ownBytes(pid: number): Promise<number> {
  const status = await textOf(`/proc/${pid}/status`);
  const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)].map((line) => Number(line[1]));
  return kilobytes.reduce((sum, each) => sum + each, 0) * 1024;
}

/** A process is the child of the thread that started it. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []); // it has ended
  const lists = await Promise.all(threads.map((thread) => textOf(`/proc/${pid}/task/${thread}/children`)));
  return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}

const textOf = (path: string) => readFile(path, "utf8").catch(() => ""); // it has ended
