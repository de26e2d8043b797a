import { afterEach, expect, test } from "vitest";
import { type FakeModel, type FakeModelOptions, startFakeModel } from "#e2e/support/servers/fake-model.ts";
import { parseEnv } from "#lib/env.ts";
import { readiness } from "./readiness.ts";

const open: FakeModel[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
async function serve(options: FakeModelOptions = {}): Promise<FakeModel> {
  const server = await startFakeModel(() => ({ kind: "text", text: "" }), { name: "m", ...options });
  open.push(server);
  return server;
}
function ask(servers: FakeModel[], settings: Record<string, string> = {}) {
  const parsed = parseEnv({ MODEL_BASE_URL: servers.map((server) => server.url).join(","), MODEL_NAME: "m", ...settings });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return readiness(parsed.env);
}

test("one server that is well is enough", async () => {
  const away = await serve();
  await away.down();
  expect(await ask([await serve(), await serve({ name: "other" }), away])).toEqual({ state: "ready" });
});

test("a wrong name or key is refused, with what to do", async () => {
  expect(await ask([await serve({ name: "other" })])).toMatchObject({
    state: "refused",
    detail: expect.stringMatching(/does not serve m; it serves other. Set MODEL_NAME/),
  });
  expect(await ask([await serve({ apiKey: "right" })])).toMatchObject({
    state: "refused",
    detail: expect.stringMatching(/refuses the key .*MODEL_API_KEY/),
  });
});

test("a server that is away is waited for", async () => {
  const server = await serve();
  await server.down();
  expect(await ask([server])).toMatchObject({ state: "waiting" });
  await server.up();
  server.unhealthy(true);
  expect(await ask([server])).toMatchObject({ state: "waiting" });
});

test("without a model there is nothing to ask", async () => {
  expect(await ask([await serve()], { MODEL_DIALECT: "quoting" })).toEqual({ state: "quoting" });
});
