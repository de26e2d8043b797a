import { errors } from "undici";
import { type FailedFetch, failedFetch } from "./failed-fetch.ts";
import { FetchStopped } from "./fetch-stopped.ts";

const known: Record<string, FailedFetch> = {
  ENOTFOUND: failedFetch("not-found", "the host name does not resolve"),
  ENODATA: failedFetch("not-found", "the host name has no address"),
  EAI_AGAIN: failedFetch("unreachable", "the host name could not be looked up"),
  ECONNREFUSED: failedFetch("unreachable", "the connection was refused"),
  ECONNRESET: failedFetch("unreachable", "the connection was reset"),
  ETIMEDOUT: failedFetch("timed-out", "connecting took too long"),
  UND_ERR_CONNECT_TIMEOUT: failedFetch("timed-out", "connecting took too long"),
  UND_ERR_HEADERS_TIMEOUT: failedFetch("timed-out", "the server did not begin to answer"),
  UND_ERR_BODY_TIMEOUT: failedFetch("timed-out", "the server stopped in the middle of the page"),
  UND_ERR_HEADERS_OVERFLOW: failedFetch("too-large", "the headers are larger than 32 kB"),
  HPE_HEADER_OVERFLOW: failedFetch("too-large", "the headers are larger than 32 kB"),
  UND_ERR_SOCKET: failedFetch("unreachable", "the connection was closed early"),
};
const decoderError = /^(Z_|ERR_ZLIB|ERR_BROTLI|ERR__ERROR|ZSTD_|ERR_ZSTD)/;

/** Gives an error of the network or a decoder its closed reason. An error that is neither is a bug and is thrown on. */
export function networkFailure(error: unknown): FailedFetch {
  if (error instanceof FetchStopped) return failedFetch(error.reason, error.message);
  // Its code is missing in some versions of the parser.
  if (error instanceof errors.HTTPParserError)
    return known[String(error.code)] ?? failedFetch("server-error", "its answer is not valid HTTP");
  const code = codeOf(error);
  if (code === null) throw error;
  const found = known[code];
  if (found) return found;
  if (decoderError.test(code)) return failedFetch("unreadable-page", `its compressed body cannot be decoded (${code})`);
  return failedFetch("unreachable", `no connection (${code})`);
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" && !code.startsWith("ERR_INVALID_ARG") ? code : null;
}
