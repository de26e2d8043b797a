interface Entry {
  version?: string;
  optional?: boolean;
  devOptional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

/** What we read of a lockfile of npm. */
export interface Lock {
  packages: Record<string, Entry>;
}

/** Whether what is installed is everything the lockfile wants on this platform, in the same versions. */
export function holdsAll(
  installed: Lock,
  wanted: Lock,
  platform: { os: string; cpu: string } = { os: process.platform, cpu: process.arch },
): boolean {
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === "" || installed.packages[path]?.version === entry.version) return true;
    return Boolean(entry.optional || entry.devOptional) && isForElsewhere(entry, platform);
  });
}

function isForElsewhere({ os, cpu, libc }: Entry, platform: { os: string; cpu: string }): boolean {
  return Boolean((os && !os.includes(platform.os)) || (cpu && !cpu.includes(platform.cpu)) || libc?.includes("musl"));
}
