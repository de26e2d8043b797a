import type { APIRequestContext } from "@playwright/test";
import { type Database, openDatabase } from "#db/client.ts";
import type { ShareScope } from "#lib/domain/share.ts";
import { type Dossier, startDossier } from "./dossier.ts";
import { test as base, expect } from "./fixtures.ts";
import { testDatabase } from "./test-database.ts";

export interface SharedHouse extends Dossier {
  /** Its own database, to put reports into. */
  db: Database;
}

/** Dossier over a database of the test's own, with no model and no search: everything there is was put there. */
export const test = base.extend<object, { house: SharedHouse }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const database = await testDatabase();
      const dossier = await startDossier({ DATABASE_URL: database.url, PYTHON_SANDBOX: "off" });
      const db = openDatabase(database.url, { connections: 2 });
      await use({ ...dossier, db });
      await db.end();
      await dossier.stop();
      await database.drop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

export { expect };

export interface Link {
  id: string;
  url: string;
}

/** Makes a link as a script does. */
export async function shareOf(
  request: APIRequestContext,
  { house, reportId, ...wish }: { house: Dossier; reportId: string; scope?: ShareScope; expiresAt?: string; indexable?: boolean },
): Promise<Link> {
  const made = await request.post(`${house.url}/api/reports/${reportId}/shares`, { data: wish });
  expect(made.status()).toBe(201);
  const { share } = await made.json();
  return share;
}
