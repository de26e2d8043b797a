import { AppError } from "#lib/std/app-error.ts";
import { byteSize } from "#lib/std/byte-size.ts";

/** What the form around a file may take: a boundary, headers, a name of any length that a file system allows. */
const formBytes = 64_000;

/**
 * The file in one field of a multipart form. A body that is too large is refused as soon as that is known, by its announced length or while it
 * arrives, so that no more than the limit is ever held.
 */
export async function uploadedFile(request: Request, field: string, maxBytes: number): Promise<{ name: string; bytes: Uint8Array }> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type))
    throw new AppError("bad-request", `Send the file as multipart/form-data, in the field ${field}.`, { field });
  const body = await limitedBytes(request, maxBytes + formBytes, () => tooLarge(field, maxBytes));
  const files = (await formOf(body, type)).getAll(field).filter((entry) => entry instanceof File);
  const [file] = files;
  if (!file) throw new AppError("unprocessable", `${field}: holds no file. Send one in this field.`, { field });
  if (files.length > 1) throw new AppError("unprocessable", `${field}: holds ${files.length} files. Send one a request.`, { field });
  if (file.size > maxBytes) throw tooLarge(field, maxBytes);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

const tooLarge = (field: string, maxBytes: number) =>
  new AppError(
    "too-large",
    `The file has more than ${byteSize(maxBytes)}, which is the limit. Attach the part of it that the question is about.`,
    { field },
  );

async function limitedBytes(request: Request, maxBytes: number, refusal: () => AppError): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length")) > maxBytes) throw refusal();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) throw refusal();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function formOf(body: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw new AppError("bad-request", "The body is not a valid multipart form.", { cause });
  }
}
