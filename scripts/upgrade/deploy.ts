import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "#db/embedded/free-port.ts";
import { startEmbedded } from "#db/embedded.ts";
import { startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { readEvent } from "#lib/domain/event.ts";
import { follower } from "./follower.ts";
import { startVersion, type Version } from "./version.ts";

const runsEach = 8;
/** A thought of about eight seconds: every run is in the middle of one when the versions change. */
const thought = { words: 200, msPerToken: 40 };

/**
 * A deploy as it happens: the older version works on runs, the newer starts beside it and migrates, both take questions, the older one is ended.
 * Gives what was seen, and what should not have been.
 */
export async function deploy(older: string, newer: string): Promise<{ lines: string[]; problems: string[] }> {
  await using house = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), "dossier-deploy-"));
  await chmod(dataDir, 0o755); // as root, Postgres runs as another user, who has to reach it
  house.defer(() => rm(dataDir, { recursive: true, force: true }));
  const server = await startEmbedded({ dataDir });
  house.defer(() => server.stop());
  const text = `<think>\n${"I weigh it. ".repeat(thought.words / 3)}\n</think>\n<answer>\nNine metres.\n</answer>`;
  const model = await startFakeModel(() => ({ kind: "text", text, msPerToken: thought.msPerToken }), { name: "deploy" });
  house.defer(() => model.close());
  const settings = {
    DATABASE_URL: server.url,
    DATA_DIR: dataDir,
    MODEL_BASE_URL: model.url,
    MODEL_NAME: "deploy",
    MODEL_DIALECT: "tongyi",
    REPORT_WRITER: "off",
    CLAIM_JUDGE: "off",
    PYTHON_SANDBOX: "off",
    WORKER_CONCURRENCY: String(runsEach * 2),
    API_TOKEN: "a token of both versions",
  };

  const before = await startVersion(older, await freePort(), settings);
  let current = before;
  const versionNow = () => current;
  const first = await askAll(before);
  const followers = first.map((runId) => follower(runId, versionNow));
  await until(async () => (await Promise.all(first.map((runId) => logOf(before, runId)))).every((log) => log.some(isStart)));

  const after = await startVersion(newer, await freePort(), settings);
  house.defer(async () => void (await after.leave()));
  const second = [...(await askAll(after)), ...(await askAll(before))];
  followers.push(...second.map((runId) => follower(runId, versionNow)));
  const left = before.leave();
  current = after;
  const { code, ms } = await left;

  const gaps = await Promise.all(followers.map((each) => each.ended));
  const runs = [...first, ...second];
  const logs = await Promise.all(runs.map((runId) => logOf(after, runId)));
  const problems = runs.flatMap((runId, index) => {
    const log = logs[index] ?? [];
    const last = log.at(-1);
    const seen = followers[index]?.facts() ?? [];
    const facts = log.filter((event) => event.type !== "text-appended").map(({ seq }) => seq);
    return [
      ...(last?.type === "run-ended" && last.status === "done" ? [] : [`run ${runId} ended as ${JSON.stringify(last)}`]),
      ...(JSON.stringify(seen) === JSON.stringify(facts) ? [] : [`a reader of run ${runId} saw ${seen} of ${facts}`]),
    ];
  });
  if (code !== 0) problems.push(`the older version ended with code ${code}`);
  const resumed = logs.filter((log) => log.filter(isStart).length > 1).length;
  return {
    problems,
    lines: [
      `${runs.length} runs, ${problems.length} problems; ${resumed} were begun by one worker and ended by another`,
      `the older version ended with code ${code} within ${(ms / 1000).toFixed(1)} s, ${followers.length} readers connected`,
      `readers waited for at most ${Math.max(...gaps).toFixed(0)} ms for the newer version`,
    ],
  };
}

const isStart = (event: { type: string }) => event.type === "run-started";

const askAll = (version: Version): Promise<string[]> => Promise.all(Array.from({ length: runsEach }, () => ask(version)));

async function ask(version: Version): Promise<string> {
  const { session } = await (await post(version, "/api/sessions", {})).json();
  const body = { question: "How deep is it?", mode: "react", idempotencyKey: crypto.randomUUID() };
  const { run } = await (await post(version, `/api/sessions/${session.id}/runs`, body)).json();
  return run.id;
}

const post = (version: Version, path: string, body: object) =>
  version.fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function logOf(version: Version, runId: string) {
  const response = await version.fetch(`/api/runs/${runId}/events`, { headers: { accept: "application/json" } });
  return ((await response.json()) as unknown[]).flatMap((stored) => readEvent(stored) ?? []);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(100);
}
