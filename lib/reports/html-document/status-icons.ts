import type { CitationStatus } from "#lib/domain/citation.ts";

const stroke = (width: number, paths: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

/** Quotation marks, a check, a wave, a cross, a dashed ring. */
export const statusIcons: Record<CitationStatus, string> = {
  quoted: stroke(
    2.5,
    '<path d="M16 3a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2 1 1 0 0 1 1 1v1a2 2 0 0 1-2 2 1 1 0 0 0-1 1v2a1 1 0 0 0 1 1 6 6 0 0 0 6-6V5a2 2 0 0 0-2-2zM5 3a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2 1 1 0 0 1 1 1v1a2 2 0 0 1-2 2 1 1 0 0 0-1 1v2a1 1 0 0 0 1 1 6 6 0 0 0 6-6V5a2 2 0 0 0-2-2z"/>',
  ),
  supported: stroke(3, '<path d="M20 6 9 17l-5-5"/>'),
  weak: stroke(3, '<path d="M3.500 14.500c2.200-6 5.300-6 8.500-2.500s6.300 3.500 8.500-2.500"/>'),
  unsupported: stroke(3, '<path d="M18 6 6 18M6 6l12 12"/>'),
  unchecked: stroke(2.5, '<circle cx="12" cy="12" r="10" stroke-dasharray="4.500 3.700"/>'),
};
