/** What one fetch may cost at most. */
export interface FetchLimits {
  redirects: number;
  wireBytes: number;
  decodedBytes: number;
  encodings: number;
  headerBytes: number;
  connectMs: number;
  headersMs: number;
  bodyIdleMs: number;
  totalMs: number;
}

/** Far above what pages of text need. With them endless bodies and bombs cost the process some 40 MB for as long as they are read. */
export const fetchLimits: FetchLimits = {
  redirects: 5,
  wireBytes: 10_000_000,
  decodedBytes: 20_000_000,
  encodings: 2,
  headerBytes: 32_768,
  connectMs: 5_000,
  headersMs: 10_000,
  bodyIdleMs: 10_000,
  totalMs: 20_000,
};
