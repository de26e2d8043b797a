import { globSync, readFileSync } from "node:fs";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";

/** What a run, its session and its report are called, and fresh things to delete. */
interface Places {
  sessionId: string;
  runId: string;
  reportId: string;
}
interface Sent {
  path: (places: Places, fresh: { session: string; share: string; attachment: string }) => string;
  body?: unknown;
  /** The same place, with something else said. */
  other?: unknown;
  status: number;
}

/** Every route that changes something, by method and path. One that is not here fails the first test. */
const routes: Record<string, Sent | "upload" | "stream"> = {
  "POST /api/bundles": "upload",
  "POST /api/attachments": "upload",
  "POST /api/reports/[reportId]/messages": "stream",
  "POST /api/sessions": { path: () => "/api/sessions", body: { title: "Once" }, other: { title: "Twice" }, status: 201 },
  "PATCH /api/sessions/[sessionId]": {
    path: ({ sessionId }) => `/api/sessions/${sessionId}`,
    body: { title: "Named" },
    other: { title: "Named otherwise" },
    status: 200,
  },
  "DELETE /api/sessions/[sessionId]": { path: (_, { session }) => `/api/sessions/${session}`, status: 204 },
  "POST /api/sessions/[sessionId]/runs": {
    path: ({ sessionId }) => `/api/sessions/${sessionId}/runs`,
    body: { question: "How deep is the harbour of Velsund?" },
    other: { question: "How deep is the harbour of Velsund?", budget: { calls: 3 } },
    status: 202,
  },
  "POST /api/reports/[reportId]/shares": {
    path: ({ reportId }) => `/api/reports/${reportId}/shares`,
    body: { scope: "report" },
    other: { scope: "trace" },
    status: 201,
  },
  "DELETE /api/shares/[shareId]": { path: (_, { share }) => `/api/shares/${share}`, status: 204 },
  "DELETE /api/attachments/[attachmentId]": { path: (_, { attachment }) => `/api/attachments/${attachment}`, status: 204 },
  "POST /api/runs/[runId]/stop": {
    path: ({ runId }) => `/api/runs/${runId}/stop`,
    body: { kind: "now" },
    other: { kind: "finish" },
    status: 202,
  },
  "POST /api/runs/[runId]/resume": { path: ({ runId }) => `/api/runs/${runId}/resume`, body: {}, status: 202 },
  // The run has ended: nobody would read it.
  "POST /api/runs/[runId]/messages": { path: ({ runId }) => `/api/runs/${runId}/messages`, body: { text: "And its tides?" }, status: 409 },
  "POST /api/runs/[runId]/replays": {
    path: ({ runId }) => `/api/runs/${runId}/replays`,
    body: {},
    other: { idempotencyKey: "x" },
    status: 202,
  },
  // No model writes here: refused each time, for the same reason.
  "POST /api/runs/[runId]/reports": { path: ({ runId }) => `/api/runs/${runId}/reports`, body: {}, status: 503 },
};

test("every route that changes something is in the table", () => {
  const changing = globSync("app/api/**/route.ts").flatMap((file) => {
    const path = `/${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`;
    return [...readFileSync(file, "utf8").matchAll(/^export (?:const|async function|function) (POST|PUT|PATCH|DELETE)\b/gm)].map(
      ([, method]) => `${method} ${path}`,
    );
  });
  // Whoever has signed out is nobody when the same request comes again.
  expect(changing.filter((name) => name !== "POST /api/sign-out").toSorted()).toEqual(Object.keys(routes).toSorted());
});

for (const [name, sent] of Object.entries(routes)) {
  if (sent === "stream") continue; // its answer is told while it is made, and belongs to who listens
  test(`${name}: under one key it is done once, and nothing else is done`, async ({ request, quoting }) => {
    const { url } = quoting;
    const [method = ""] = name.split(" ");
    const send = (path: string, key: string, data?: unknown): Promise<APIResponse> =>
      request.fetch(`${url}${path}`, { method, headers: { "idempotency-key": key }, ...(data !== undefined && { data }) });
    if (sent === "upload") {
      const file = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") };
      const path = name.slice(method.length + 1);
      const refused = await request.post(`${url}${path}`, { headers: { "idempotency-key": "an-upload" }, multipart: { file } });
      expect(await refused.json()).toMatchObject({ status: 400, field: "Idempotency-Key" });
      return;
    }
    const places = await finishedRun(request, url);
    const path = sent.path(places, await freshThings(request, url, places));
    const key = `${crypto.randomUUID()}`;
    const [first, ...others] = await Promise.all(Array.from({ length: 12 }, () => send(path, key, sent.body)));
    expect(first?.status()).toBe(sent.status);
    const said = await first?.text();
    for (const each of [...others, await send(path, key, sent.body)]) {
      expect(each.status()).toBe(sent.status);
      expect(await each.text()).toBe(said);
    }
    if (sent.other !== undefined) expect((await send(path, key, sent.other)).status()).toBe(409);
  });
}

async function finishedRun(request: APIRequestContext, url: string): Promise<Places> {
  const { session } = await (await request.post(`${url}/api/sessions`)).json();
  const asked = await request.post(`${url}/api/sessions/${session.id}/runs`, { data: { question: "How deep is the harbour of Velsund?" } });
  const { run } = await asked.json();
  await (await request.get(`${url}/api/runs/${run.id}/events`)).text();
  const { run: ended } = await (await request.get(`${url}/api/runs/${run.id}`)).json();
  return { sessionId: session.id, runId: run.id, reportId: ended.reportId };
}

async function freshThings(request: APIRequestContext, url: string, { reportId }: Places) {
  const { session } = await (await request.post(`${url}/api/sessions`)).json();
  const { share } = await (await request.post(`${url}/api/reports/${reportId}/shares`)).json();
  const file = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(crypto.randomUUID()) };
  const { attachment } = await (await request.post(`${url}/api/attachments`, { multipart: { file } })).json();
  return { session: session.id, share: share.id, attachment: attachment.id };
}
