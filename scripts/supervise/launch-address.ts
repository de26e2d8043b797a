import postgres from "postgres";
import { makeLaunchLink } from "#db/queries/access.ts";
import type { Env } from "#lib/env.ts";
import { visitable } from "./visitable.ts";

/** Makes a launch link in the database at `url`, and tells its address. */
export async function launchAddress(url: string, { HOST, PORT }: Pick<Env, "HOST" | "PORT">): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, fetch_types: false, onnotice: () => {} });
  try {
    return `${visitable(HOST, PORT)}/launch/${await makeLaunchLink(sql)}`;
  } finally {
    await sql.end({ timeout: 2 });
  }
}
