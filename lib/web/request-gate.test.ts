import { expect, test } from "vitest";
import { throughGate } from "./request-gate.ts";

test("one request too many is refused at once with a time to come back; whoever ends, however, makes room", async () => {
  const ends = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const open = ends.map(({ promise }) => throughGate(() => promise, 2));
  const refusal = { code: "unavailable", retryAfter: 1 };
  await expect(throughGate(async () => "third", 2)).rejects.toMatchObject(refusal);
  ends[0]?.reject(new Error("failed"));
  await expect(open[0]).rejects.toThrow("failed");
  await expect(throughGate(async () => "third", 2)).resolves.toBe("third");
  ends[1]?.resolve("second");
  await expect(open[1]).resolves.toBe("second");
});
