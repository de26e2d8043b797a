import { createServer } from "node:net";
import { Refusal } from "../refusal.ts";

/**
 * Refuses when the web server could not listen where the settings say. Reads PORT and HOST itself, because it runs before the
 * dependencies are there that parse the settings, so that a port in use is not reported after a minute of installing.
 */
export async function checkPort(variables: Record<string, string | undefined>): Promise<void> {
  const given = variables.PORT?.trim() || "3000";
  const host = variables.HOST?.trim() || "127.0.0.1";
  const port = Number(given);
  if (!/^\d+$/.test(given) || port < 1 || port > 65_535) throw new Refusal(`PORT must be a whole number from 1 to 65535, not "${given}".`);
  const failure = await listenFailure(port, host);
  if (failure === "EADDRINUSE")
    throw new Refusal(
      `PORT ${port} is in use on ${host}: stop the program that holds it, or choose another port: PORT=${port === 65_535 ? 3000 : port + 1} npm start`,
    );
  if (failure === "EACCES")
    throw new Refusal(`PORT ${port} may not be opened by this user: choose a port above 1023, for example PORT=3000.`);
  if (failure)
    throw new Refusal(
      `HOST ${host} is not an address of this machine (${failure}): set HOST to 127.0.0.1, or to 0.0.0.0 for all its addresses.`,
    );
}

function listenFailure(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
