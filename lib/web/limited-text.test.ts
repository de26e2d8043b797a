import { expect, test } from "vitest";
import { limitedText } from "./limited-text.ts";

const sent = (body: ReadableStream<Uint8Array> | string, headers: Record<string, string> = {}) =>
  new Request("http://127.0.0.1/api/sessions", { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("a body is read whole, up to 1 MB", async () => {
  expect(await limitedText(sent("Größe"))).toBe("Größe");
  await expect(limitedText(sent("x".repeat(1_000_001)))).rejects.toMatchObject({ code: "too-large" });
  await expect(limitedText(sent("x", { "content-length": "1000001" }))).rejects.toMatchObject({ code: "too-large" });
});

test("a sender that leaves in the middle of it is not taken for an outage of the database", async () => {
  const aborted = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(aborted) });
  await expect(limitedText(sent(body))).rejects.toMatchObject({ code: "bad-request" });
});
