import { createServer } from "node:net";
import { expect, test } from "vitest";
import { checkPort } from "./check-port.ts";

test("a port in use is refused with the variable and a command that helps", async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, "127.0.0.1", () => resolve((holder.address() as { port: number }).port));
  });
  await expect(checkPort({ PORT: String(port) })).rejects.toThrow(`PORT ${port} is in use on 127.0.0.1`);
  await new Promise((resolve) => holder.close(resolve));
  await expect(checkPort({ PORT: String(port) })).resolves.toBeUndefined();
});

test.each(["0", "65536", "-1", "3000.5", "http", "3e3"])("PORT=%s is refused before anything long is begun", async (port) => {
  await expect(checkPort({ PORT: port })).rejects.toThrow(`PORT must be a whole number from 1 to 65535, not "${port}".`);
});

test("an address of another machine is refused by its variable", async () => {
  await expect(checkPort({ HOST: "192.0.2.1", PORT: "39871" })).rejects.toThrow("HOST 192.0.2.1 is not an address of this machine");
});
