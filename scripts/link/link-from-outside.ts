import { joinEmbedded } from "#db/embedded.ts";
import { launchLinkMinutes } from "#db/queries/access.ts";
import { parseEnv } from "#lib/env.ts";
import { Refusal } from "../refusal.ts";
import { launchAddress } from "../supervise/launch-address.ts";
import { openServer } from "../supervise/open-server.ts";

/** Makes a launch link in the database of a Dossier that runs, and tells in one line what to open. */
export async function linkFromOutside(variables: NodeJS.ProcessEnv): Promise<string> {
  const parsed = parseEnv(variables);
  if (!parsed.ok) throw new Refusal(parsed.problems);
  const { env } = parsed;
  const server = env.DATABASE_URL ? await openServer(env) : await joinEmbedded(env.DATA_DIR);
  if (!server) throw new Refusal(`no Dossier runs with its data in ${env.DATA_DIR}: start it with \`npm start\`, which prints a link.`);
  try {
    return `Open ${await launchAddress(server.url, env)}  (lets in one browser, once, within ${launchLinkMinutes} minutes)`;
  } finally {
    await server.stop();
  }
}
