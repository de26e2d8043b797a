import { answerOf, send } from "./api.ts";

/** A file of the server with the name it gave. Rejects with a sentence for the reader. */
export async function fetchFile(path: string): Promise<{ name: string; blob: Blob }> {
  const response = await send("GET", path, undefined);
  if (!response.ok) return answerOf(response.status, await response.text());
  return { name: nameIn(response.headers.get("content-disposition")) ?? "report", blob: await response.blob() };
}

/** The name in a Content-Disposition, the one in UTF-8 before the plain one. */
export function nameIn(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(disposition ?? "")?.[1] ?? null;
}
