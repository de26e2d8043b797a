import { readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * Makes the links between the shared libraries that npm packages cannot carry (`libpq.so.5` → `libpq.so.5.18`). The package has an
 * install script for it, which we do not let run. Links that exist are left alone, so any number of processes may call it.
 */
export function linkLibraries(nativeDir: string): void {
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(nativeDir, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(nativeDir, "..", target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
