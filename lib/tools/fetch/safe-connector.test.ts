import { Agent } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "./local-server.fixture.ts";
import type { HostAddress, ResolveHost } from "./resolve-host.ts";
import { safeConnector } from "./safe-connector.ts";

const answers = (...addresses: string[]): HostAddress[] => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

function agentThat(mayReach: (address: string) => boolean, resolve: ResolveHost) {
  const agent = new Agent({ connect: safeConnector({ mayReach, resolve, connectMs: 2_000 }) });
  onTestFinished(() => agent.destroy());
  return async (port: number) => {
    const response = await agent.request({ origin: `http://rebind.example:${port}`, path: "/", method: "GET", reset: true });
    return response.body.text();
  };
}

test("a rebinding name is pinned to its first answer, and a second look-up is checked anew", async () => {
  const server = await serve((_, response) => response.end("page"));
  const script = [answers("127.0.0.1"), answers("10.0.0.5")];
  const get = agentThat(
    (address) => address === "127.0.0.1",
    async () => script.shift() ?? [],
  );
  expect(await get(server.port)).toBe("page");
  expect(script).toHaveLength(1);
  await expect(get(server.port)).rejects.toMatchObject({ reason: "blocked-address" });
  expect(server.connections()).toBe(1);
});

test("one bad answer among good ones refuses the name before anything is dialled", async () => {
  const server = await serve((_, response) => response.end("page"));
  const get = agentThat(
    (address) => address === "127.0.0.1",
    async () => answers("127.0.0.1", "10.0.0.5"),
  );
  await expect(get(server.port)).rejects.toMatchObject({ reason: "blocked-address" });
  expect(server.connections()).toBe(0);
});

test("a peer that is not the address that was checked is refused after connecting", async () => {
  const server = await serve((_, response) => response.end("page"));
  // The kernel connects 0.0.0.0 to 127.0.0.1: the address dialled and the peer differ, as they would behind a redirecting network.
  const get = agentThat(
    (address) => address === "0.0.0.0",
    async () => answers("0.0.0.0"),
  );
  await expect(get(server.port)).rejects.toMatchObject({ reason: "blocked-address", message: "127.0.0.1 is not a public address" });
});

test("a name without an address is not found", async () => {
  const get = agentThat(
    () => true,
    async () => [],
  );
  await expect(get(80)).rejects.toMatchObject({ reason: "not-found" });
});
