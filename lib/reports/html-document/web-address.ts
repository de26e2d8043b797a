/** An address that may be followed from a page of ours; null for any other scheme and for what is no address. */
export function webAddress(url: string): string | null {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : null;
}
