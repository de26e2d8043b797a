import { existsSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import { statfs } from "node:fs/promises";
import type { SandboxCommand } from "./sandbox-child.ts";
import { seccompFilter } from "./seccomp-filter.ts";
import { heldBytes, processTree } from "./tree-memory.ts";

const mega = 1024 * 1024;

/** What Python and its packages lie in. Not all of `/usr`: containers keep applications in `/usr/src`. */
const folders = ["/usr/bin", "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/bin", "/usr/local/lib"];
/** On most systems links into `/usr`. */
const roots = ["/bin", "/lib", "/lib64"];
/** Debian's numpy finds its BLAS through the one, its matplotlib settings and fonts through the others. */
const settings = ["/etc/alternatives", "/etc/ld.so.cache", "/etc/matplotlibrc", "/etc/fonts"];

const environment = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  HOME: "/tmp/work",
  LANG: "C.UTF-8",
  TZ: "UTC",
  MPLBACKEND: "Agg", // there is no screen
  PYTHONUNBUFFERED: "1", // what was printed before a script is ended is seen
  PYTHONDONTWRITEBYTECODE: "1",
  MALLOC_ARENA_MAX: "2", // each reserves 64 MB of address space, of which there is little
  OPENBLAS_NUM_THREADS: "2", // as many as the machine has cores would take of it too
  OMP_NUM_THREADS: "2",
};

/** Threads count as processes. */
const limits = { RLIMIT_NPROC: 64, RLIMIT_NOFILE: 256, RLIMIT_CORE: 0, RLIMIT_MEMLOCK: 0, RLIMIT_SIGPENDING: 256, RLIMIT_MSGQUEUE: 0 };
const fileBytes = 64 * mega;
/** Of the working directory, with the uploaded files. */
const diskMegabytes = 256;
const sharedMemoryMegabytes = 16;
/** Of kernel memory for one empty file with its name, measured on Linux 6.18. */
const inodeBytes = 1_100;

/**
 * The command line of a sandbox in which Python waits for a job. Its file system is made for it and gone with it: Python's own folders,
 * read-only, and one small disk in memory. `application` is hidden where it lies among them. No `/proc`, no `/etc`, no network, no other process; user 65534 in namespaces of its own.
 */
export function bubblewrapCommand(application = process.cwd()): SandboxCommand {
  const filter = seccompFilter(process.arch);
  const python = ["run-script.py", "figures.py", "bubblewrap-child.py"]
    .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"))
    .join("\n");
  return {
    file: "bwrap",
    arguments: [
      ...["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"],
      ...["--die-with-parent", "--new-session", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL", "--hostname", "sandbox"],
      ...(filter ? ["--seccomp", "4"] : []),
      "--clearenv",
      ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
      ...[...folders, ...settings].flatMap((path) => ["--ro-bind-try", path, path]),
      ...roots.filter((path) => existsSync(path)).flatMap(rootOf),
      ...hidden(application),
      ...["--dev", "/dev", "--size", String(sharedMemoryMegabytes * mega), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
      ...["--size", String(diskMegabytes * mega), "--tmpfs", "/tmp", "--dir", "/tmp/work", "--chdir", "/tmp/work", "--remount-ro", "/"],
      ...["--", "python3", "-c", python, JSON.stringify(limits), String(fileBytes)],
    ],
    ...(filter && { input: filter }),
    async heldBytes(pid) {
      const tree = await processTree(pid);
      const inside = tree.at(-1);
      return (await heldBytes(tree)) + (inside === undefined ? 0 : await diskBytes(inside));
    },
    overheadMegabytes: 16,
  };
}

function rootOf(path: string): string[] {
  return lstatSync(path).isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path];
}

/** An application that was installed among Python's folders, with its settings, is not for scripts. */
const hidden = (ours: string) =>
  folders.some((folder) => `${ours}/`.startsWith(`${folder}/`)) ? ["--tmpfs", ours, "--remount-ro", ours] : [];

/** What its disk holds, empty files included: the kernel limits their bytes, and leaves millions of names uncounted. */
async function diskBytes(pid: number): Promise<number> {
  try {
    const { blocks, bfree, bsize, files, ffree } = await statfs(`/proc/${pid}/root/tmp`);
    if (blocks * bsize !== diskMegabytes * mega) return 0; // not its own disk: it has ended, and another process has its number
    return (blocks - bfree) * bsize + (files - ffree) * inodeBytes;
  } catch {
    return 0; // the process has ended
  }
}
