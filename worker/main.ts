import { readFile } from "node:fs/promises";
import { database } from "#db/database.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { env } from "#lib/env.ts";
import { chooseModel, openModels, summarySource } from "#lib/model/choose.ts";
import { priorityNumber } from "#lib/model/priority-number.ts";
import { toolbox } from "#lib/runs/toolbox.ts";
import { startWorker } from "#lib/runs/worker.ts";
import { loadCorpus } from "#lib/sources/corpus-load.ts";
import { watchCorpus } from "#lib/sources/watch-corpus.ts";

const log = (line: string) => console.log(line);
const settings = env();
const url = settings.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set: start Dossier with `npm start`");
const systemPrompt = settings.SYSTEM_PROMPT_FILE ? await readFile(settings.SYSTEM_PROMPT_FILE, "utf8") : null;
await migrateDatabase(url);
const db = database();
if (settings.CORPUS_DIR) await loadCorpus(db.sql, settings.CORPUS_DIR, log);
const watching = new AbortController();
if (settings.CORPUS_DIR) void watchCorpus(db.sql, settings.CORPUS_DIR, log, watching.signal);

const models = openModels(settings);
const worker = await startWorker({
  db,
  url,
  concurrency: settings.WORKER_CONCURRENCY,
  furnish: async ({ runId, priority, dialect }, signal) => {
    const use = { key: `${runId}:main`, priority: priorityNumber[priority], dialect };
    return {
      model: await chooseModel(settings, models, use, systemPrompt, signal),
      tools: toolbox(settings, db.sql, summarySource(models, use.priority)),
    };
  },
  log,
});
log(`${worker.id} takes runs, ${settings.WORKER_CONCURRENCY} at a time`);

let leaving = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (leaving) return; // a terminal sends Ctrl-C to the whole group, and the supervisor passes it on: one leave is enough
    leaving = true;
    watching.abort();
    void worker
      .leave()
      .then(() => {
        models.close();
        return db.end();
      })
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log(`Leaving failed: ${String(error)}`);
          process.exit(1);
        },
      );
  });
}
