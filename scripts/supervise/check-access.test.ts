import { expect, test } from "vitest";
import { checkAccess } from "./check-access.ts";

test.each(["0.0.0.0", "::", "192.168.1.5", "dossier.example"])("HOST %s without a way to sign in is refused in one line", (HOST) => {
  expect(() => checkAccess({ HOST })).toThrow(
    new RegExp(`^HOST ${HOST.replaceAll(".", "\\.")} can be reached from other machines: set API_TOKEN[^\n]*$`),
  );
  expect(() => checkAccess({ HOST, API_TOKEN: " " })).toThrow("set API_TOKEN");
  expect(() => checkAccess({ HOST, API_TOKEN: "a-token-of-the-operators" })).not.toThrow();
});

test.each([{}, { HOST: "" }, { HOST: "127.0.0.1" }, { HOST: "localhost" }, { HOST: "::1" }])("%o is this machine alone", (settings) => {
  expect(() => checkAccess(settings)).not.toThrow();
});
