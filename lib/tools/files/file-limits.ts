/**
 * What one file may cost at most, checked before it is parsed. Real documents stay far below: what lies above is there to hurt parsers,
 * or is no text for a model to read.
 */
export const fileLimits = {
  /** Bytes of the file as it was uploaded or fetched. */
  bytes: 20_000_000,
  /** Bytes of all members of a ZIP container together, as its central directory declares them. */
  unpackedBytes: 100_000_000,
  /** Times its own size that a ZIP container may unpack to; a spreadsheet of one repeated row comes to about 100. */
  unpackedRatio: 200,
  /** Below so many unpacked bytes the ratio says nothing: a small sheet of one repeated row is no bomb. */
  ratioFromBytes: 1_000_000,
  /** Members of a ZIP container. A book of a thousand chapters has some 1,500. */
  members: 5_000,
  /** Members of an uploaded archive that are read. The others are listed. */
  membersRead: 20,
  /** Of a PDF. */
  pages: 2_000,
};
