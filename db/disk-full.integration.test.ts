import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKernelOn } from "#e2e/support/kernel.ts";
import { eventWriter } from "#lib/runs/event-writer.ts";
import { openJournal } from "#lib/runs/journal.ts";
import { openDatabase } from "./client.ts";
import { type Embedded, startEmbedded } from "./embedded.ts";
import { outageCause } from "./is-outage.ts";
import { migrateDatabase } from "./migrate.ts";

/** A disk of its own, small enough to fill. Null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "dossier-disk-"));
  chmodSync(folder, 0o755);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

const disk = smallDisk();
if (!disk) console.log("The test of a full disk is left out: only root may mount a small one");
let server: Embedded;
beforeAll(async () => {
  if (!disk) return;
  server = await startEmbedded({ dataDir: disk, durable: false });
  await migrateDatabase(server.url);
}, 120_000);
afterAll(async () => {
  if (!disk) return;
  await server.stop();
  execFileSync("umount", [disk]);
  rmSync(disk, { recursive: true });
});

/** Leaves so many bytes free. */
function fill(folder: string, freeBytes: number): string {
  const { bavail, bsize } = statfsSync(folder);
  const ballast = join(folder, "ballast");
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)));
  return ballast;
}

test.skipIf(!disk)(
  "while the disk is full runs wait and say why; with room again everything that was said is in the log, once",
  async () => {
    const kernel = await openKernelOn({ url: server.url, drop: async () => {} });
    const db = openDatabase(server.url, { connections: 2 });
    const causes: (string | null)[] = [];
    let recovered = false;
    const writer = eventWriter(db.sql, {
      onTrouble: (error) => causes.push(outageCause(error)),
      onRecovery: () => {
        recovered = true;
      },
    });
    const run = await kernel.ask("Fill the disk");
    const journal = openJournal({
      ...(await kernel.claim(run.id)),
      events: [],
      lastSeq: 1,
      writer,
      onLost: (error) => causes.push(String(error)),
    });
    const ballast = fill(disk ?? "", 256 * 1024);
    // Text that does not compress, so that each row takes the room that it says.
    const said: string[] = [];
    while (causes.length === 0 && said.length < 400) {
      const text = crypto.getRandomValues(new Uint8Array(6_000)).toBase64();
      said.push(text);
      const stored = journal.append({
        type: "tool-called",
        lane: "main",
        step: 1,
        callId: `main-${said.length}`,
        tool: "search",
        arguments: { text },
      });
      await Promise.race([stored, expect.poll(() => causes.length, { timeout: 20_000 }).toBeGreaterThan(0)]);
    }
    expect(causes).toEqual(["The database's disk is full."]);
    const [reads] = await kernel.db.sql`select count(*)::int as events from events where run_id = ${run.id}`;
    expect(reads?.events).toBeGreaterThan(0); // what is there can be read meanwhile
    rmSync(ballast);
    await writer.settled();
    expect(recovered).toBe(true);
    const log = (await kernel.log(run.id)).slice(1);
    expect(log.map(({ seq }) => seq)).toEqual(said.map((_, index) => index + 2));
    expect(log.map((event) => event.type === "tool-called" && event.arguments)).toEqual(said.map((text) => ({ text })));
    await db.end();
    await kernel.close();
    expect(existsSync(ballast)).toBe(false);
  },
  60_000,
);
