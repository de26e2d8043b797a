const quotation = /“([^“”]+(?:“[^“”]*”[^“”]*)*)”|"([^"\n]+)"|「([^」]+)」|『([^』]+)』|«([^»]+)»|„([^“”]+)[“”]/g;

/** What a sentence puts in quotation marks, longest first. */
export function quotedSpans(text: string): string[] {
  const outer = /“(.+)”/s.exec(text)?.[1] ?? /"(.+)"/s.exec(text)?.[1];
  const inner = [...text.matchAll(quotation)].map((match) => match.slice(1).find((group) => group !== undefined) ?? "");
  return [...new Set([...(outer ? [outer] : []), ...inner])].sort((one, other) => other.length - one.length);
}
