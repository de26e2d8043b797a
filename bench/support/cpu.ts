import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second of /proc/PID/stat: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

interface ProcessStat {
  pid: number;
  parent: number;
  command: string;
  seconds: number;
}

/** CPU seconds that these processes have used so far, children of theirs that live included. */
export function cpuSeconds(pids: readonly number[]): number {
  const all = processes();
  const wanted = new Set(pids.flatMap((pid) => withDescendants(pid, all)));
  return all.filter((each) => wanted.has(each.pid)).reduce((sum, each) => sum + each.seconds, 0);
}

/** Processes whose command line holds `what`, below one of `ancestors`. */
export function findProcesses(ancestors: readonly number[], what: string): number[] {
  const all = processes();
  const below = new Set(ancestors.flatMap((pid) => withDescendants(pid, all)));
  return all.filter((each) => below.has(each.pid) && each.command.includes(what)).map((each) => each.pid);
}

const withDescendants = (pid: number, all: ProcessStat[]): number[] => [
  pid,
  ...all.filter((each) => each.parent === pid).flatMap((each) => withDescendants(each.pid, all)),
];

function processes(): ProcessStat[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const seconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
        return [{ pid: Number(name), parent: Number(fields[1]), command: readFileSync(`/proc/${name}/cmdline`, "utf8"), seconds }];
      } catch {
        return []; // it ended while we looked
      }
    });
}
