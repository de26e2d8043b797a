import { expect, test } from "vitest";
import { holdsAll, type Lock } from "./holds-all.ts";

const linux = { os: "linux", cpu: "x64" };
const wanted: Lock = {
  packages: {
    "": { version: "1.0.0" },
    "node_modules/next": { version: "16.4.5" },
    "node_modules/@next/swc-linux-x64-gnu": { version: "16.4.5", optional: true, os: ["linux"], cpu: ["x64"], libc: ["glibc"] },
    "node_modules/@next/swc-linux-x64-musl": { version: "16.4.5", optional: true, os: ["linux"], cpu: ["x64"], libc: ["musl"] },
    "node_modules/@next/swc-darwin-arm64": { version: "16.4.5", optional: true, os: ["darwin"], cpu: ["arm64"] },
  },
};
const next = { "node_modules/next": { version: "16.4.5" } };
const swc = { "node_modules/@next/swc-linux-x64-gnu": { version: "16.4.5" } };

test.each([
  ["everything this platform needs", { ...next, ...swc }, true],
  ["nothing", {}, false],
  ["another version", { ...swc, "node_modules/next": { version: "16.4.4" } }, false],
  ["all but this platform's native part, as after copying from another machine", next, false],
])("%s", (_, packages, holds) => {
  expect(holdsAll({ packages }, wanted, linux)).toBe(holds);
});
