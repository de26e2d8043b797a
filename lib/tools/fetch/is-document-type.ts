const exact = new Set([
  ...["application/json", "application/xml", "application/xhtml+xml", "application/markdown", "application/yaml", "application/x-yaml"],
  ...["application/x-ndjson", "application/jsonl", "application/javascript", "application/x-tex", "application/toml"],
]);

/**
 * Whether a Content-Type names a text document we can read. A missing type is let through: the reader looks at the bytes anyway.
 */
export function isDocumentType(contentType: string): boolean {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "") return true;
  if (type.startsWith("text/") || exact.has(type)) return true;
  return type.startsWith("application/") && (type.endsWith("+json") || type.endsWith("+xml"));
}
