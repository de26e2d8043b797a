import postgres from "postgres";
import { parseEnv } from "#lib/env.ts";
import { checkUp } from "#lib/runs/check-up.ts";
import { triedTools } from "#lib/runs/tried-tools.ts";
import { Refusal } from "../refusal.ts";
import { toText } from "./to-text.ts";

/**
 * A check without the application: model servers, services, the sandboxes and readers of this machine, and the database where the settings
 * name one. Its longest part is a model server, which has 80 s; two sandboxes, one after the other, have 60 s together.
 */
export async function checkFromOutside(variables: NodeJS.ProcessEnv, stopping: AbortSignal): Promise<{ text: string; isSound: boolean }> {
  const parsed = parseEnv(variables);
  if (!parsed.ok) throw new Refusal(parsed.problems);
  const { env } = parsed;
  const sql = env.DATABASE_URL ? postgres(env.DATABASE_URL, { max: 2, connect_timeout: 5, onnotice: () => {} }) : null;
  try {
    console.log("Checking; it takes a minute and a half at most …");
    const found = await checkUp(env, sql, stopping, { running: false, tools: triedTools(env) });
    return { text: toText(found), isSound: found.parts.every((part) => part.state !== "mend") };
  } finally {
    await sql?.end({ timeout: 1 });
  }
}
