import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { countView, createShare, listShares, mostOpenShares, openShare, revokeShare } from "./shares.ts";

const owner = { id: "somebody" };
const stranger = { id: "somebody else" };
const reportId = randomUUID();
let db: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  drop = database.drop;
  db = openDatabase(database.url, { connections: 4 });
  const [sessionId, runId] = [randomUUID(), randomUUID()];
  await db.sql`insert into sessions (id, viewer_id, title) values (${sessionId}, ${owner.id}, '')`;
  await db.sql`insert into runs (id, session_id, question, mode, status, budget, usage) values (${runId}, ${sessionId}, 'How deep?', 'react', 'done', '{}', '{}')`;
  await db.sql`insert into reports (id, run_id, version, kind, markdown, citations, sources, read_only, removed_marks, limitations)
    values (${reportId}, ${runId}, 2, 'answer', 'Deep.', '[]', '[]', '[]', '[]', '[]')`;
});
afterAll(async () => {
  await db.end();
  await drop();
});
beforeEach(() => db.sql`delete from shares`);

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000);
const wish = { reportId, scope: "report" as const, indexable: false, expiresAt: inDays(30) };

async function make(more: Partial<typeof wish> = {}) {
  const made = await createShare(db, owner, { ...wish, ...more });
  if (made.kind !== "made") throw new Error(`No share was made: ${made.kind}`);
  return made;
}

test("a token of 256 bits opens the report, and what is stored opens nothing", async () => {
  const { token, share } = await make();
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  expect(await openShare(db.sql, token)).toMatchObject({ id: share.id, reportId, question: "How deep?", version: 2, scope: "report" });
  const [row] =
    await db.sql`select shares::text as stored, encode(token_hash, 'hex') as hex, translate(encode(token_hash, 'base64'), '+/=', '-_') as form from shares`;
  expect(row?.stored).not.toContain(token);
  for (const stored of [row?.hex, row?.form]) expect(await openShare(db.sql, stored)).toBeNull();
});

test("no two tokens are alike", async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => make()));
  expect(new Set(tokens.map(({ token }) => token)).size).toBe(20);
});

test("one that has ended or was revoked opens nothing", async () => {
  const { token: ended } = await make({ expiresAt: inDays(-1) });
  const { token, share } = await make();
  expect(await openShare(db.sql, ended)).toBeNull();
  expect(await revokeShare(db, owner, share.id)).toBe(true);
  expect(await openShare(db.sql, token)).toBeNull();
  const [first] = (await listShares(db, owner)).items.filter(({ id }) => id === share.id);
  expect(await revokeShare(db, owner, share.id)).toBe(true);
  expect((await listShares(db, owner)).items).toContainEqual(first);
});

test("nobody shares, lists or revokes what is somebody else's", async () => {
  const { share } = await make();
  expect(await createShare(db, stranger, wish)).toEqual({ kind: "no-report" });
  expect(await createShare(db, owner, { ...wish, reportId: randomUUID() })).toEqual({ kind: "no-report" });
  expect(await createShare(db, owner, { ...wish, reportId: "'; drop table shares" })).toEqual({ kind: "no-report" });
  expect((await listShares(db, stranger)).items).toEqual([]);
  expect(await revokeShare(db, stranger, share.id)).toBe(false);
  expect(await revokeShare(db, owner, "nothing")).toBe(false);
});

test("a report has a hundred open links, also when they are asked for at once; one that was revoked makes room", async () => {
  const made = await Promise.all(Array.from({ length: mostOpenShares + 8 }, () => createShare(db, owner, wish)));
  expect(made.filter(({ kind }) => kind === "made")).toHaveLength(mostOpenShares);
  const [one] = made.flatMap((each) => (each.kind === "made" ? [each.share.id] : []));
  await revokeShare(db, owner, String(one));
  expect((await createShare(db, owner, wish)).kind).toBe("made");
});

test("the list goes on where it ended, newest first", async () => {
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.unshift((await make()).share.id);
  const first = await listShares(db, owner, { limit: 2 });
  const second = await listShares(db, owner, { limit: 2, cursor: String(first.next) });
  const third = await listShares(db, owner, { limit: 2, cursor: String(second.next) });
  expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids);
  expect(third.next).toBeNull();
  expect((await listShares(db, owner, { reportId: randomUUID() })).items).toEqual([]);
});

test("views are counted", async () => {
  const { share } = await make();
  await Promise.all([countView(db.sql, share.id), countView(db.sql, share.id)]);
  const [listed] = (await listShares(db, owner)).items;
  expect(listed).toMatchObject({ views: 2 });
  expect(listed?.lastViewedAt).not.toBeNull();
});
