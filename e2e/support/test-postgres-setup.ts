import { startTestPostgres } from "./test-postgres.ts";

/** Global setup of vitest and Playwright: `npm test` has started a Postgres already, a test run by hand gets one here. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_URL) return undefined;
  const server = await startTestPostgres();
  process.env.TEST_DATABASE_URL = server.url;
  return server.stop;
}
