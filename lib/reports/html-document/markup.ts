const made = Symbol("markup");

/** HTML that is safe to send: written by `html`, or by a writer that lets nothing through but what it made itself. */
export interface Markup {
  readonly [made]: string;
}
export type Part = Markup | string | number | false | null | undefined | readonly Part[];

/** Writes HTML. Whatever is put in is text, also inside an attribute, unless it is `Markup` already. Attributes have double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return markup(strings.reduce((text, string, index) => text + written(parts[index - 1]) + string));
}

/** Takes the word of a writer of ours that what it wrote holds no markup of anybody else. */
export const markup = (text: string): Markup => ({ [made]: text });

export const textOf = (part: Markup): string => part[made];

function written(part: Part): string {
  if (part === false || part === null || part === undefined) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return made in part ? part[made] : part.map(written).join("");
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? "");
