import { expect, test } from "vitest";
import { isLoopback } from "./is-loopback.ts";

test.each(["127.0.0.1", "localhost", "LOCALHOST", "::1", "[::1]", "127.8.0.9"])("%s is this machine alone", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(["0.0.0.0", "::", "192.168.1.5", "localhost.evil.example", "127.0.0.1.evil.example", "127.1", "", "1127.0.0.1"])(
  "%s is not",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
