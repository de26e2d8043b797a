import { expect, test } from "./support/fixtures.ts";

test("a script asks, follows, reads and exports over HTTP", async ({ request, quoting }) => {
  const { session } = await (await request.post(`${quoting.url}/api/sessions`)).json();
  const asked = await request.post(`${quoting.url}/api/sessions/${session.id}/runs`, {
    data: { question: "How deep is the harbour of Velsund?", idempotencyKey: "k1" },
  });
  expect(asked.status()).toBe(202);
  const { run } = await asked.json();
  const again = await request.post(`${quoting.url}/api/sessions/${session.id}/runs`, {
    data: { question: "How deep is the harbour of Velsund?", idempotencyKey: "k1" },
  });
  expect((await again.json()).run.id).toBe(run.id);
  const other = await request.post(`${quoting.url}/api/sessions/${session.id}/runs`, {
    data: { question: "Something else?", idempotencyKey: "k1" },
  });
  expect(other.status()).toBe(409);

  const stream = await (await request.get(`${quoting.url}/api/runs/${run.id}/events`)).text();
  const ids = [...stream.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(stream).toMatch(/event: run-ended\ndata: .*"status": ?"done"/);
  const log = await (await request.get(`${quoting.url}/api/runs/${run.id}/events`, { headers: { accept: "application/json" } })).json();
  expect(log.at(-1)).toMatchObject({ type: "run-ended" });
  const tail = await (
    await request.get(`${quoting.url}/api/runs/${run.id}/events`, { headers: { "last-event-id": String(log.at(-2).seq) } })
  ).text();
  expect([...tail.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))).toEqual([log.at(-1).seq]);
  expect((await request.get(`${quoting.url}/api/runs/${run.id}/events?after=${log.at(-1).seq}`)).status()).toBe(204);

  const { run: ended } = await (await request.get(`${quoting.url}/api/runs/${run.id}`)).json();
  expect(ended).toMatchObject({ status: "done", termination: "answer", sessionId: session.id });
  const { report } = await (await request.get(`${quoting.url}/api/reports/${ended.reportId}`)).json();
  const marks = [...report.markdown.matchAll(/\[(\d+)\]/g)].map((match: RegExpMatchArray) => Number(match[1]));
  expect(report.citations.map((citation: { n: number }) => citation.n)).toEqual(marks);
  expect(marks.length).toBeGreaterThan(0);
  for (const { sourceId, passage } of report.citations) {
    const { source } = await (await request.get(`${quoting.url}/api/sources/${sourceId}`)).json();
    expect(source.text.slice(passage.start, passage.end)).toBe(passage.text);
  }
  const markdown = await request.get(`${quoting.url}/api/reports/${ended.reportId}/export/md`);
  expect(markdown.headers()["content-disposition"]).toContain("attachment");
  expect(await markdown.text()).toMatch(/\[\^1\]: /);
});

test("a script asks a Heavy question: lanes, a synthesis, and a report of what all of them read", async ({ request, quoting }) => {
  const { session } = await (await request.post(`${quoting.url}/api/sessions`)).json();
  const question = { question: "How deep is the harbour of Velsund?", mode: "heavy", idempotencyKey: "k1" };
  const asked = await request.post(`${quoting.url}/api/sessions/${session.id}/runs`, { data: { ...question, lanes: 3 } });
  expect(asked.status()).toBe(202);
  const { run } = await asked.json();
  expect(run).toMatchObject({ mode: "heavy", heavy: { lanes: 3, strategy: "research-synthesis", partialRollouts: false } });
  const other = await request.post(`${quoting.url}/api/sessions/${session.id}/runs`, { data: { ...question, lanes: 4 } });
  expect(other.status(), "the key is that of another question").toBe(409);

  await (await request.get(`${quoting.url}/api/runs/${run.id}/events`)).text();
  const log = await (await request.get(`${quoting.url}/api/runs/${run.id}/events`, { headers: { accept: "application/json" } })).json();
  const lanesOf = (type: string) =>
    log.flatMap((event: { type: string; lane: string }) => (event.type === type ? [event.lane] : [])).toSorted();
  expect(lanesOf("lane-started")).toEqual(["researcher-1", "researcher-2", "researcher-3", "synthesis"]);
  expect(lanesOf("lane-ended")).toEqual(["researcher-1", "researcher-2", "researcher-3"]);
  const { run: ended } = await (await request.get(`${quoting.url}/api/runs/${run.id}`)).json();
  expect(ended).toMatchObject({ status: "done", termination: "answer" });
  const { report } = await (await request.get(`${quoting.url}/api/reports/${ended.reportId}`)).json();
  expect(report.citations.length).toBeGreaterThan(0);
  const { step } = await (await request.get(`${quoting.url}/api/runs/${run.id}/steps/researcher-2/1`)).json();
  expect(step).toMatchObject({ lane: "researcher-2", step: 1, state: "ended" });
  const { items } = await (await request.get(`${quoting.url}/api/sessions`)).json();
  expect(items.find((row: { id: string }) => row.id === session.id).lastRun).toMatchObject({ lanes: 3 });
});

const problems: [string, string, string, object | string | undefined, Record<string, string>, number, string?][] = [
  ["an empty question", "POST", "/api/sessions/:session/runs", { question: "  " }, {}, 422, "question"],
  ["no question", "POST", "/api/sessions/:session/runs", {}, {}, 422, "question"],
  ["a question of 100,000 characters", "POST", "/api/sessions/:session/runs", { question: "x".repeat(100_000) }, {}, 422, "question"],
  ["an unknown mode", "POST", "/api/sessions/:session/runs", { question: "q", mode: "warp" }, {}, 422, "mode"],
  ["lanes without Heavy", "POST", "/api/sessions/:session/runs", { question: "q", lanes: 4 }, {}, 422, "lanes"],
  ["one lane", "POST", "/api/sessions/:session/runs", { question: "q", mode: "heavy", lanes: 1 }, {}, 422, "lanes"],
  ["17 lanes", "POST", "/api/sessions/:session/runs", { question: "q", mode: "heavy", lanes: 17 }, {}, 422, "lanes"],
  ["an unknown strategy", "POST", "/api/sessions/:session/runs", { question: "q", mode: "heavy", strategy: "vote" }, {}, 422, "strategy"],
  [
    "branches from lanes that keep no conversation",
    "POST",
    "/api/sessions/:session/runs",
    { question: "q", mode: "heavy", partialRollouts: true },
    {},
    422,
    "partialRollouts",
  ],
  ["malformed JSON", "POST", "/api/sessions/:session/runs", "{question", {}, 400],
  ["a session that is not there", "POST", "/api/sessions/00000000-0000-4000-8000-000000000000/runs", { question: "q" }, {}, 404],
  ["an id that is none", "GET", "/api/runs/..%2f..%2fetc", undefined, {}, 404],
  ["a run that is not there", "GET", "/api/runs/00000000-0000-4000-8000-000000000000/events", undefined, {}, 404],
  ["a report that is not there", "GET", "/api/reports/1", undefined, {}, 404],
  [
    "a wrong Last-Event-ID",
    "GET",
    "/api/runs/00000000-0000-4000-8000-000000000000/events",
    undefined,
    { "last-event-id": "abc" },
    400,
    "Last-Event-ID",
  ],
  ["a wrong token", "GET", "/api/sessions", undefined, { authorization: "Bearer nonsense" }, 401],
  ["another site's page", "POST", "/api/sessions", {}, { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 403],
  ["another host name", "GET", "/api/sessions", undefined, { host: "evil.example" }, 403],
  ["a message without words", "POST", "/api/runs/00000000-0000-4000-8000-000000000000/messages", { text: " " }, {}, 422, "text"],
  ["a message to a run that is not there", "POST", "/api/runs/00000000-0000-4000-8000-000000000000/messages", { text: "x" }, {}, 404],
  ["a run to resume that is not there", "POST", "/api/runs/00000000-0000-4000-8000-000000000000/resume", undefined, {}, 404],
  ["an unknown stop", "POST", "/api/runs/00000000-0000-4000-8000-000000000000/stop", { kind: "later" }, {}, 422, "kind"],
];

for (const [name, method, path, body, headers, status, field] of problems) {
  test(`${name} is a problem document`, async ({ request, quoting }) => {
    const { session } = await (await request.post(`${quoting.url}/api/sessions`)).json();
    const data = typeof body === "string" ? Buffer.from(body) : body;
    const options = {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(data !== undefined && { data }),
    };
    const response = await request.fetch(`${quoting.url}${path.replace(":session", session.id)}`, options);
    expect(response.status()).toBe(status);
    expect(response.headers()["content-type"]).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      ...(field && { field }),
    });
  });
}

test("a cursor beyond the log is refused, because what it misses would be missing silently", async ({ request, quoting }) => {
  const { session } = await (await request.post(`${quoting.url}/api/sessions`)).json();
  const { run } = await (await request.post(`${quoting.url}/api/sessions/${session.id}/runs`, { data: { question: "Velsund?" } })).json();
  const response = await request.get(`${quoting.url}/api/runs/${run.id}/events?after=99999`);
  expect(response.status()).toBe(422);
  expect(await response.json()).toMatchObject({ field: "Last-Event-ID" });
});
