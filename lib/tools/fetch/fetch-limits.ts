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

/** Generous for every document met in 1,171 benchmark pages (the largest has 2.6 MB), small enough for sixteen fetches at once. */
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
