import { expect, test } from "vitest";
import { uploadedFile } from "./uploaded-file.ts";

const address = "http://127.0.0.1/api/attachments";
const sent = (form: FormData) => new Request(address, { method: "POST", body: form });
const formWith = (...files: [string, BlobPart, string][]) => {
  const form = new FormData();
  for (const [field, content, name] of files) form.append(field, new File([content], name));
  return form;
};
const withText = new FormData();
withText.append("file", "no file");
const reading = (request: Request, maxBytes = 100) => uploadedFile(request, "file", maxBytes);

test("reads the file and its name as they were sent", async () => {
  const { name, bytes } = await reading(sent(formWith(["file", new Uint8Array([0, 255, 13, 10]), '数据 "a".csv'])));
  expect({ name, bytes: [...bytes] }).toEqual({ name: '数据 "a".csv', bytes: [0, 255, 13, 10] });
});

test.each([
  ["no form", new Request(address, { method: "POST", body: "text" }), "bad-request", /multipart\/form-data/],
  [
    "a form that breaks off",
    new Request(address, { method: "POST", body: "--b\r\nnonsense", headers: { "content-type": "multipart/form-data; boundary=b" } }),
    "bad-request",
    /not a valid/,
  ],
  ["a form without the field", sent(formWith(["other", "a", "a.txt"])), "unprocessable", /holds no file/],
  ["text in the field", sent(withText), "unprocessable", /holds no file/],
  ["two files", sent(formWith(["file", "a", "a.txt"], ["file", "b", "b.txt"])), "unprocessable", /2 files/],
  ["a file of one byte too many", sent(formWith(["file", "x".repeat(101), "a.txt"])), "too-large", /more than 100 bytes/],
])("%s is refused", async (_, request, code, words) => {
  await expect(reading(request)).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
});

test("a body without an announced length is refused while it arrives, and the rest is not read", async () => {
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 10_000;
      controller.enqueue(new Uint8Array(10_000));
    },
  });
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  const request = new Request(address, { method: "POST", body: endless, headers, duplex: "half" } as RequestInit);
  await expect(reading(request)).rejects.toMatchObject({ code: "too-large" });
  expect(given).toBeLessThan(200_000);
});
