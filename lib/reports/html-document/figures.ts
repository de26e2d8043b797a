import type { Report } from "#lib/domain/report.ts";
import { html, type Markup } from "./markup.ts";

/** What the text of a report says that a figure shows, by its number. */
const described = /!\[([^\]\n]{0,300})\]\(figure:(\d{1,4})\)/g;

/** The pictures that scripts of the run made and the report shows. In its text they are named by number. `addressOf` gives null for one that is not to be had. */
export function figures(
  { figures: shown, markdown }: Pick<Report, "figures" | "markdown">,
  addressOf: (n: number) => string | null,
): Markup {
  const words = new Map([...markdown.matchAll(described)].map(([, words = "", n]) => [Number(n), words]));
  const drawn = shown.flatMap(({ n, name, width, height }) => {
    const address = addressOf(n);
    const caption = `Figure ${n}${words.get(n) ? `: ${words.get(n)}` : ""}`;
    return address === null
      ? []
      : [
          html`<figure id="figure-${n}"><img src="${address}" width="${width}" height="${height}" alt="${words.get(n) || name}" loading="lazy"><figcaption dir="auto">${caption}. Drawn by a script of this research.</figcaption></figure>
`,
        ];
  });
  return html`${drawn.length > 0 && html`<section id="figures"><h2>Figures</h2>${drawn}</section>`}`;
}
