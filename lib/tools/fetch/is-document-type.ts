const exact = new Set([
  ...["application/json", "application/xml", "application/xhtml+xml", "application/markdown", "application/yaml", "application/x-yaml"],
  ...["application/x-ndjson", "application/jsonl", "application/javascript", "application/x-tex", "application/toml"],
  ...["application/pdf", "application/x-pdf", "application/rtf", "application/epub+zip", "application/zip", "application/x-zip-compressed"],
  // What servers call files whose type they do not know, papers among them.
  ...["application/octet-stream", "binary/octet-stream", "application/force-download", "application/x-download"],
]);
const families = ["text/", "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."];

/**
 * Whether a Content-Type names a document that may be one we can read. It only saves fetching films and pictures: a missing type is let
 * through, and the reader goes by the bytes in any case.
 */
export function isDocumentType(contentType: string): boolean {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "" || exact.has(type) || families.some((family) => type.startsWith(family))) return true;
  return type.startsWith("application/") && (type.endsWith("+json") || type.endsWith("+xml"));
}
