import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { flushCompileCache } from "node:module";
import { parseArgs } from "node:util";
import { openPatient } from "#db/client.ts";
import { database } from "#db/database.ts";
import { isMigrated } from "#db/is-migrated.ts";
import { forgetExpired } from "#db/queries/tool-cache.ts";
import { keepTools } from "#db/queries/workers.ts";
import { env } from "#lib/env.ts";
import { chooseModel, chooseSynthesisModel, isConnected, laneModels, lanesBehind, openModels, summarySource } from "#lib/model/choose.ts";
import { priorityNumber } from "#lib/model/priority-number.ts";
import { madeChecks } from "#lib/runs/check-up/check.ts";
import { tellTools } from "#lib/runs/check-up/tell-tools.ts";
import { furnishTools } from "#lib/runs/furnish-tools.ts";
import { startLife } from "#lib/runs/life.ts";
import { openDesks } from "#lib/runs/open-desks.ts";
import { openPython } from "#lib/runs/open-python.ts";
import { triedTools } from "#lib/runs/tried-tools.ts";
import { startWorker } from "#lib/runs/worker.ts";
import { loadCorpus } from "#lib/sources/corpus-load.ts";
import { watchCorpus } from "#lib/sources/watch-corpus.ts";

const log = (line: string) => console.log(line);
const settings = env();
const url = settings.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set: start Dossier with `npm start`");
const systemPrompt = settings.SYSTEM_PROMPT_FILE ? await readFile(settings.SYSTEM_PROMPT_FILE, "utf8") : null;
if (!(await isMigrated(url))) await (await import("#db/migrate.ts")).migrateDatabase(url);
// The supervisor knows whom it starts this worker for: runs of that one need not wait until it is taken for dead.
const { values: start } = parseArgs({ options: { id: { type: "string" }, replaces: { type: "string", multiple: true } } });
const id = start.id ?? `worker-${randomUUID()}`;
const life = startLife(url, id);
const db = database();
const replaces = start.replaces ?? [];
// In the place of another worker there are runs that wait, and a corpus already: what changed of it is found by the watch.
const patient = settings.CORPUS_DIR ? openPatient(url) : null;
if (settings.CORPUS_DIR && patient && replaces.length === 0) await loadCorpus(patient, settings.CORPUS_DIR, log);
const watching = new AbortController();

const models = openModels(settings);
const desks = openDesks(settings, db.sql);
// Runs wait for it, the start does not; without a model nobody writes scripts.
const python = isConnected(settings) ? openPython(settings, new AbortController().signal, db.sql) : null;
const forgetting = setInterval(
  () => void forgetExpired(db.sql).catch((error: unknown) => log(`The tool cache could not be cleared: ${String(error)}`)),
  3_600_000,
);
const worker = await startWorker({
  db,
  id,
  life,
  replaces,
  concurrency: settings.WORKER_CONCURRENCY,
  furnish: async (run, signal) => {
    const use = { key: `${run.runId}:main`, priority: priorityNumber[run.priority], dialect: run.dialect };
    const model = await chooseModel(settings, models, use, systemPrompt, signal);
    const synthesisUse = { ...use, key: `${run.runId}:synthesis` };
    const needsOther = run.isHeavy || (run.writesWith !== null && run.writesWith !== model.card.name);
    const synthesisModel = needsOther ? await chooseSynthesisModel(settings, models, model, synthesisUse, signal) : null;
    return {
      model,
      laneModel: laneModels(settings, models, model, { runId: run.runId, priority: use.priority }),
      ...(synthesisModel && { synthesisModel }),
      ownHosts: settings.FETCH_ALLOW_HOSTS,
      writesReports: settings.REPORT_WRITER === "on",
      judgesClaims: settings.CLAIM_JUDGE === "on",
      ...(await furnishTools(db.sql, run, desks, {
        summaryModel: summarySource(models, use.priority + (run.isHeavy ? lanesBehind : 0)),
        ...(python && { python: { desks: (await python).desks, form: model.card.dialect === "native" ? "argument" : "tags" } }),
        fetchAhead: settings.FETCH_AHEAD === "on",
      })),
    };
  },
  log,
});
void madeChecks(tellTools(triedTools(settings, python)), new AbortController().signal)
  .then((tools) => keepTools(db.sql, worker.id, tools))
  .catch((error: unknown) => log(`The tools could not be tried: ${String(error)}`));
log(`${worker.id} takes runs, ${settings.WORKER_CONCURRENCY} at a time`);
flushCompileCache(); // a process that is killed keeps nothing else for the one after it
if (settings.CORPUS_DIR && patient) void watchCorpus(patient, settings.CORPUS_DIR, log, watching.signal);

/** Longer than leaving takes while the database answers. Away, it would be waited for without end, and what was not committed is made again. */
const leaveWithinMs = 8_000;
let leaving = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (leaving) return; // a terminal sends Ctrl-C to the whole group, and the supervisor passes it on: one leave is enough
    leaving = true;
    setTimeout(() => {
      log("The database does not answer: runs are left as their logs stand");
      process.exit(1);
    }, leaveWithinMs);
    watching.abort();
    clearInterval(forgetting);
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
