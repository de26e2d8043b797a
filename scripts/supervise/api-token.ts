import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../refusal.ts";

/** In the data folder, readable by its owner alone. */
export const apiTokenFile = "api-token";

/**
 * The token for scripts of this account where the operator has set none: made once and kept in the data folder, so that nothing has to be set up
 * and another account cannot read it. Of several that start at once, all take the one that was there first.
 */
export function apiTokenOf(dataDir: string): string {
  const path = join(dataDir, apiTokenFile);
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, `${randomBytes(32).toString("base64url")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unusable(path, String(error), error);
  }
  try {
    chmodSync(path, 0o600); // a copy of the folder may have opened it to others
    const token = readFileSync(path, "utf8").trim();
    if (token.length >= 16) return token;
  } catch (error) {
    throw unusable(path, String(error), error);
  }
  throw unusable(path, "it holds no token of 16 characters");
}

const unusable = (path: string, reason: string, cause?: unknown) =>
  new Refusal(`${path} cannot be used (${reason}): delete it, and the next start makes another, or set API_TOKEN.`, { cause });
