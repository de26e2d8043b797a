import { readFileSync } from "node:fs";

/** The kernel counts in pages; no Linux that runs Node on a desktop or a server has smaller ones. Larger ones only make the limit wider. */
const pageBytes = 4_096;

/** The memory a process really holds; `null` where the system does not tell in a file, or the process has ended. */
export function residentBytes(processId: number | undefined): number | null {
  try {
    const pages = readFileSync(`/proc/${processId}/statm`, "utf8").split(" ")[1];
    return Number(pages) * pageBytes;
  } catch {
    return null;
  }
}
