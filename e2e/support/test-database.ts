import { randomBytes } from "node:crypto";
import postgres from "postgres";

/**
 * A database of a test file's own: a copy of the migrated template that TEST_DATABASE_URL names. Nobody may be connected to the template,
 * so the copying is done from the server's `postgres` database.
 */
export async function testDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const template = process.env.TEST_DATABASE_URL;
  if (!template) throw new Error("TEST_DATABASE_URL is not set: run the tests with `npm test`");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = new URL(template);
  const from = url.pathname.slice(1);
  url.pathname = "/postgres";
  const admin = postgres(url.href, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${from}`);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end({ timeout: 1 });
    },
  };
}
