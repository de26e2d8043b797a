import postgres from "postgres";
import { startEmbedded } from "#db/embedded.ts";
import type { Env } from "#lib/env.ts";
import { Refusal } from "../refusal.ts";

/** The Postgres of DATABASE_URL, or else the embedded one. Refuses with one line that never shows the password. */
export async function openServer(env: Env): Promise<{ url: string; stop(): Promise<void> }> {
  if (env.DATABASE_URL) {
    await tryConnection(env.DATABASE_URL);
    return { url: env.DATABASE_URL, async stop() {} };
  }
  const began = Date.now();
  const embedded = await startEmbedded({ dataDir: env.DATA_DIR }).catch((cause: Error) => {
    throw new Refusal(cause.message, { cause });
  });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`Postgres ${embedded.startedHere ? "started" : "was running already"} (${seconds} s), its data in ${embedded.clusterDir}`);
  return embedded;
}

async function tryConnection(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, fetch_types: false, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (cause) {
    const { code, message } = cause as Error & { code?: string };
    const { host, pathname } = new URL(url);
    throw new Refusal(
      `DATABASE_URL does not work: ${host}${pathname} answers "${message || code}". Correct it, or unset it to use the embedded Postgres.`,
      { cause },
    );
  } finally {
    await sql.end({ timeout: 0 });
  }
}
