import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "migrations");
const migrations = readdirSync(folder).filter((name) => name.endsWith(".sql"));

/**
 * What the version before can live with: it goes on writing and reading while the new one has migrated. A column that it does not know of is
 * one it leaves out, so it may be null or has a default; rules are for what it does not write.
 */
const additions = [
  /^CREATE (UNLOGGED )?TABLE "/,
  /^CREATE (UNIQUE )?INDEX "/,
  /^ALTER TABLE "\w+" ADD COLUMN "\w+" (?!.*NOT NULL)/,
  /^ALTER TABLE "\w+" ADD COLUMN "\w+" .*DEFAULT .*NOT NULL/,
  /^ALTER TABLE "\w+" ADD CONSTRAINT "\w+" FOREIGN KEY/,
  /^ALTER TABLE "\w+" ADD CONSTRAINT "\w+" UNIQUE/,
];
const rulesOnOld = /ADD CONSTRAINT "\w+" (?:UNIQUE|FOREIGN KEY)|CREATE UNIQUE INDEX/;

const statementsOf = (sql: string): string[] =>
  sql
    .split("--> statement-breakpoint")
    .map((statement) => statement.replaceAll(/^--.*$/gm, "").trim())
    .filter((statement) => statement !== "");

/** The columns and tables a migration brings itself: a rule on those binds nobody who does not know them. */
const broughtBy = (statements: readonly string[]): string[] =>
  statements.flatMap((statement) => {
    const [, table, column] = /^(?:CREATE (?:UNLOGGED )?TABLE "(\w+)"|ALTER TABLE "\w+" ADD COLUMN "(\w+)")/.exec(statement) ?? [];
    return [table, column].flatMap((name) => name ?? []);
  });

const breaksIn = (sql: string): string[] => {
  const statements = statementsOf(sql);
  const brought = broughtBy(statements);
  return statements.filter(
    (statement) =>
      !additions.some((addition) => addition.test(statement)) ||
      (rulesOnOld.test(statement) && !brought.some((name) => statement.includes(`"${name}"`))),
  );
};

test.each(migrations)("the version before can work on after %s", (name) => {
  expect(breaksIn(readFileSync(join(folder, name), "utf8"))).toEqual([]);
});

test.each([
  'DROP TABLE "runs";',
  'ALTER TABLE "runs" DROP COLUMN "steps";',
  'ALTER TABLE "runs" RENAME COLUMN "steps" TO "rounds";',
  'ALTER TABLE "runs" ADD COLUMN "owner" text NOT NULL;',
  'ALTER TABLE "runs" ALTER COLUMN "heavy" SET NOT NULL;',
  'ALTER TABLE "runs" ADD CONSTRAINT "one_run" UNIQUE("session_id");',
  'CREATE UNIQUE INDEX "one_run" ON "runs" USING btree ("session_id");',
  'UPDATE "runs" SET steps = 0;',
])("it could not after %s", (statement) => {
  expect(breaksIn(statement)).toEqual([statement]);
});
