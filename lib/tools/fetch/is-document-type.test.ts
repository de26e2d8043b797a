import { expect, test } from "vitest";
import { isDocumentType } from "./is-document-type.ts";

test.each([
  "",
  "text/html; charset=utf-8",
  "TEXT/CSV",
  "application/feed+json",
  "application/pdf",
  "application/pdf;qs=0.001",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/epub+zip",
  "application/octet-stream",
])("%j is fetched", (type) => {
  expect(isDocumentType(type)).toBe(true);
});

test.each(["image/png", "image/svg+xml", "video/mp4", "audio/mpeg", "font/woff2", "application/x-msdownload", "application/wasm", "pdf"])(
  "%j is not fetched",
  (type) => {
    expect(isDocumentType(type)).toBe(false);
  },
);
